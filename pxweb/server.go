package pxweb

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/jsonstat-go/toolkit/jsonstat"
	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// server is a server as a client of it knows it: what is known of it, how it is called,
// and who is told of that. What is known grows, and several goroutines may ask.
type server struct {
	calls  *transport.Client
	report func(Event) // may be nil

	mu    sync.Mutex
	known site
}

// Event is something worth telling while a table is fetched.
type Event struct {
	Table            string // its id, with parts
	Parts, PartsDone int    // requests of the plan
	Cells, CellsDone int64  // cells asked for
	Wait             time.Duration
	Why              string // of the wait
	Warning          string // something that the result does not show
}

// at is what is known of the server now.
func (s *server) at() site {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known
}

// learn changes what is known, and returns it.
func (s *server) learn(change func(*site)) site {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.known)
	return s.known
}

func (s *server) tell(e Event) {
	if s.report != nil {
		s.report(e)
	}
}

func (s *server) warn(format string, args ...any) {
	s.tell(Event{Warning: fmt.Sprintf(format, args...)})
}

// getConfig asks for a configuration: not as often as for what cannot be done without.
func (s *server) getConfig(ctx context.Context, address string, v any) ([]byte, error) {
	text, err := s.calls.Text(ctx, transport.Request{Method: http.MethodGet, URL: address, Once: true})
	if err == nil {
		err = transport.Decode(address, text, v)
	}
	return text, public(err)
}

// get asks for a text.
func (s *server) get(ctx context.Context, address string) ([]byte, error) {
	text, err := s.calls.Get(ctx, address)
	return text, public(err)
}

// getJSON asks for JSON of the expected shape. It returns the text as well.
func (s *server) getJSON(ctx context.Context, address string, v any) ([]byte, error) {
	text, err := s.calls.JSON(ctx, address, v)
	return text, public(err)
}

// call makes a call and gives the answer to read, whose own errors of answers are those
// of package transport.
func (s *server) call(ctx context.Context, r transport.Request, read func(*http.Response, io.Reader) error) error {
	return public(s.calls.Call(ctx, r, read))
}

// readHead reads a document without cells.
func readHead(address string, text []byte) (*jsonstat.Dataset, error) {
	doc, err := jsonstat.Parse(text)
	if err == nil {
		var ds *jsonstat.Dataset
		if ds, err = doc.Dataset(0); err == nil {
			return ds, nil
		}
	}
	e := transport.Instead(address, text, err)
	if !e.Page {
		e.Message = err.Error()
	}
	return nil, public(e)
}

// find finds out which version to use.
func (s *server) find(ctx context.Context) (site, error) {
	at := s.at()
	guessed := at.host.bare != "" && at.config == nil // where version 2 is
	if at.api == V1 || at.api == V2 && !guessed && !at.wants {
		return at, nil
	}
	// Both may be there. A server without version 2 says so when asked for its
	// configuration.
	base, cfg, err := s.findVersion2(ctx, at)
	switch {
	case err == nil:
		return s.configured(cfg, func(at *site) { at.api, at.host.V2 = V2, base })
	case at.api == V2 && ctx.Err() == nil && !errors.Is(err, ErrTooMany) && is[*Error](err):
		// It tells nothing of itself, or fails at that: the first place is as good as any.
		return s.learn(func(at *site) { at.host.bare, at.wants = "", false }), nil
	case isNo(err):
		return s.learn(func(at *site) {
			at.api = V1
			at.assumeLang()
		}), nil
	}
	return at, err
}

// isMissing tells whether a server said that it does not have what was asked for, or refused
// it.
func isMissing(err error) bool {
	return errors.Is(err, ErrNotFound) || errors.Is(err, ErrRefused)
}

// isNo tells whether a server answered that it has no such thing, in whatever way.
func isNo(err error) bool {
	return isMissing(err) || errors.Is(err, ErrAnswer) || errors.Is(err, ErrTooLarge)
}

// findVersion2 asks for the configuration of version 2: where it must be, or in
// the usual places of a server of which only the name is known.
func (s *server) findVersion2(ctx context.Context, at site) (base string, cfg *Config, err error) {
	places := []string{at.host.V2}
	if at.host.bare != "" {
		places = append(places, at.host.bare+"/api/v2", at.host.bare)
	}
	var first error
	for i, place := range places {
		if cfg, err = s.config2(ctx, place, at.lang); err == nil || !isNo(err) {
			return place, cfg, err
		}
		if i == 0 {
			first = err
		}
	}
	return "", nil, first
}

// configure asks for the configuration, once.
func (s *server) configure(ctx context.Context) (*Config, error) {
	at, err := s.find(ctx)
	if err != nil || at.config != nil {
		return at.config, err
	}
	var cfg *Config
	if at.host.isPxStat() {
		cfg = &Config{API: V1} // it has none
	} else if at.api == V2 {
		cfg, err = s.config2(ctx, at.host.V2, at.lang)
	} else {
		cfg, err = s.config1(ctx, &at)
	}
	if err != nil {
		return nil, err
	}
	at, err = s.configured(cfg, func(*site) {})
	return at.config, err
}

// configured notes a configuration and what else was learned with it. It fails if the language
// that the caller wants is none of the server's.
func (s *server) configured(cfg *Config, also func(*site)) (site, error) {
	s.calls.Limit(transport.Rule{Calls: cfg.Calls, Window: cfg.Window})
	var err error
	at := s.learn(func(at *site) {
		also(at)
		if cfg.API == V2 {
			if at.wants {
				if err = at.checkLang(cfg.Languages); err != nil {
					return
				}
			}
			at.lang = cmp.Or(at.lang, cfg.DefaultLang)
			at.assumeLang()
		}
		at.config = cfg
	})
	return at, err
}

// ready asks for the configuration, once. A server that has none has its defaults, and so
// has one that fails at it: tables are what is wanted.
func (s *server) ready(ctx context.Context) (site, error) {
	if at := s.at(); at.unready {
		return at, nil
	}
	_, err := s.configure(ctx)
	if err == nil {
		return s.at(), nil
	}
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Kind == ErrOffline && s.at().api == Auto || e.Kind == ErrTooMany {
		return site{}, err
	}
	if !isNo(err) {
		s.warn("the server does not tell its limits, and the usual ones are kept to: %v", err)
	}
	return s.learn(func(at *site) { at.unready = true }), nil
}

// limits are those that are known now.
func (s *server) limits() Limits {
	at := s.at()
	return at.limits(s.calls.Least())
}

func (s *server) config1(ctx context.Context, at *site) (*Config, error) {
	var v struct {
		MaxValues  bound `json:"maxValues"`
		MaxCells   bound `json:"maxCells"`
		MaxCalls   bound `json:"maxCalls"`
		TimeWindow bound `json:"timeWindow"`
	}
	text, err := s.getConfig(ctx, at.langBase()+"?config", &v)
	if err != nil {
		return nil, err
	}
	return &Config{API: V1, MaxCells: int64(v.MaxCells), MaxValues: int(min(v.MaxValues, 1<<31-1)), Calls: int(min(v.MaxCalls, 1<<31-1)), Window: v.TimeWindow.seconds(), Raw: text}, nil
}

// answers1 tells whether version 1 is where it was guessed to be.
func (s *server) answers1(ctx context.Context) bool {
	at := s.at()
	if at.api == V1 && at.config != nil {
		return true
	}
	at.assumeLang()
	_, err := s.config1(ctx, &at)
	return err == nil
}

// config2 asks at a base of version 2.
func (s *server) config2(ctx context.Context, base, lang string) (*Config, error) {
	var v struct {
		APIVersion            word       `json:"apiVersion"`
		Languages             []language `json:"languages"`
		DefaultLanguage       word       `json:"defaultLanguage"`
		MaxDataCells          bound      `json:"maxDataCells"`
		MaxCallsPerTimeWindow bound      `json:"maxCallsPerTimeWindow"`
		TimeWindow            bound      `json:"timeWindow"`
		License               word       `json:"license"`
		SourceReferences      []struct {
			Language word `json:"language"`
			Text     word `json:"text"`
		} `json:"sourceReferences"`
		DataFormats words `json:"dataFormats"`
	}
	address := base + "/config"
	text, err := s.getConfig(ctx, address, &v)
	if err != nil {
		return nil, err
	}
	if v.APIVersion == "" && v.MaxDataCells == 0 {
		return nil, otherAnswer(address, "it is no configuration of version 2")
	}
	cfg := &Config{API: V2, Version: string(v.APIVersion), MaxCells: int64(v.MaxDataCells), Calls: int(min(v.MaxCallsPerTimeWindow, 1<<31-1)), Window: v.TimeWindow.seconds(),
		DefaultLang: string(v.DefaultLanguage), Formats: v.DataFormats, License: string(v.License), Raw: text}
	for _, l := range v.Languages {
		cfg.Languages = append(cfg.Languages, string(l))
	}
	lang = cmp.Or(lang, string(v.DefaultLanguage))
	for _, source := range v.SourceReferences {
		if source.Language == "" || string(source.Language) == lang || lang == "" {
			cfg.Sources = append(cfg.Sources, string(source.Text))
		}
	}
	return cfg, nil
}

// is tells whether an error is, or wraps, one of a type.
func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
