package pxweb

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// server is a server as a client of it knows it: where it is, what it says about
// itself, how it is called, and who is told of that.
type server struct {
	site
	*wire
	api    API         // Auto before it was found out
	config *Config     // nil before it was asked for
	limit  int64       // of cells, of the caller and by being refused; 0: none
	report func(Event) // may be nil
}

// Event is something worth telling while a table is fetched.
type Event struct {
	Parts, PartsDone int   // requests of the plan
	Cells, CellsDone int64 // cells asked for
	Wait             time.Duration
	Why              string // of the wait
	Warning          string // something that the result does not show
}

// Config is what a server says about itself, in either version.
type Config struct {
	API       API
	Version   string // of the API; version 2 only
	MaxCells  int64  // 0 if it does not say
	MaxValues int    // codes of a variable above which metadata of version 1 leaves them out; 0 if it does not say
	Calls     int    // allowed in Window; 0 if it does not say
	Window    time.Duration

	Languages   []string
	DefaultLang string
	Formats     []string // version 2 only
	License     string
	Sources     []string // how the source is to be named

	Raw json.RawMessage // the answer
}

func (s *server) tell(e Event) {
	if s.report != nil {
		s.report(e)
	}
}

func (s *server) warn(format string, args ...any) {
	s.tell(Event{Warning: fmt.Sprintf(format, args...)})
}

// getJSON asks for JSON of the expected shape. It returns the text as well.
func (s *server) getJSON(ctx context.Context, address string, v any) ([]byte, error) {
	text, err := s.get(ctx, address)
	if err != nil {
		return nil, err
	}
	return text, decode(address, text, v)
}

// version finds out which version to use.
func (s *server) version(ctx context.Context) (API, error) {
	if s.api != Auto {
		return s.api, nil
	}
	// Both may be there. A server without version 2 says so when asked for its
	// configuration.
	cfg, err := s.findVersion2(ctx)
	switch {
	case err == nil:
		s.api, s.config = V2, cfg
	case isNo(err):
		s.api = V1
		s.assumeLang()
	default:
		return Auto, err
	}
	return s.api, nil
}

// isNo tells whether a server answered that it has no such thing, in whatever way.
func isNo(err error) bool {
	return errors.Is(err, ErrNotFound) || errors.Is(err, ErrRefused) || errors.Is(err, ErrAnswer) || errors.Is(err, ErrTooLarge)
}

// findVersion2 asks for the configuration of version 2: where it must be, or in
// the usual places of a server of which only the name is known.
func (s *server) findVersion2(ctx context.Context) (*Config, error) {
	cfg, first := s.config2(ctx)
	if first == nil || s.host.bare == "" || !isNo(first) {
		return cfg, first
	}
	guess := s.host.V2
	for _, path := range []string{"/api/v2", ""} {
		s.host.V2 = s.host.bare + path
		if cfg, err := s.config2(ctx); err == nil || !isNo(err) {
			return cfg, err
		}
	}
	s.host.V2 = guess
	return nil, first
}

// configure asks for the configuration, once.
func (s *server) configure(ctx context.Context) (*Config, error) {
	api, err := s.version(ctx)
	switch {
	case err != nil:
		return nil, err
	case s.config != nil:
	case api == V2:
		s.config, err = s.config2(ctx)
	default:
		s.config, err = s.config1(ctx)
	}
	return s.config, err
}

func (s *server) config1(ctx context.Context) (*Config, error) {
	var v struct {
		MaxValues  int   `json:"maxValues"`
		MaxCells   int64 `json:"maxCells"`
		MaxCalls   int   `json:"maxCalls"`
		TimeWindow int64 `json:"timeWindow"`
	}
	text, err := s.getJSON(ctx, s.langBase()+"?config", &v)
	if err != nil {
		return nil, err
	}
	cfg := &Config{API: V1, MaxCells: v.MaxCells, MaxValues: v.MaxValues, Calls: v.MaxCalls, Window: seconds(v.TimeWindow), Raw: text}
	s.pace.limit(cfg.Calls, cfg.Window)
	return cfg, nil
}

// seconds makes a duration of a number that may be absurd.
func seconds(n int64) time.Duration {
	return time.Duration(min(max(n, 0), 1_000_000)) * time.Second
}

func (s *server) config2(ctx context.Context) (*Config, error) {
	var v struct {
		APIVersion string `json:"apiVersion"`
		Languages  []struct {
			ID string `json:"id"`
		} `json:"languages"`
		DefaultLanguage       string `json:"defaultLanguage"`
		MaxDataCells          int64  `json:"maxDataCells"`
		MaxCallsPerTimeWindow int    `json:"maxCallsPerTimeWindow"`
		TimeWindow            int64  `json:"timeWindow"`
		License               string `json:"license"`
		SourceReferences      []struct {
			Language string `json:"language"`
			Text     string `json:"text"`
		} `json:"sourceReferences"`
		DataFormats []string `json:"dataFormats"`
	}
	address := s.host.V2 + "/config"
	text, err := s.getJSON(ctx, address, &v)
	if err != nil {
		return nil, err
	}
	if v.APIVersion == "" && v.MaxDataCells == 0 {
		return nil, &Error{Kind: ErrAnswer, Status: 200, Method: "GET", URL: address, Message: "it is no configuration of version 2"}
	}
	cfg := &Config{API: V2, Version: v.APIVersion, MaxCells: v.MaxDataCells, Calls: v.MaxCallsPerTimeWindow, Window: seconds(v.TimeWindow),
		DefaultLang: v.DefaultLanguage, Formats: v.DataFormats, License: v.License, Raw: text}
	for _, l := range v.Languages {
		cfg.Languages = append(cfg.Languages, l.ID)
	}
	for _, source := range v.SourceReferences {
		if source.Language == "" || source.Language == s.lang || s.lang == "" {
			cfg.Sources = append(cfg.Sources, source.Text)
		}
	}
	s.lang = cmp.Or(s.lang, cfg.DefaultLang)
	s.assumeLang()
	s.pace.limit(cfg.Calls, cfg.Window)
	return cfg, nil
}

// ready asks for the configuration. A server that has none has its defaults.
func (s *server) ready(ctx context.Context) error {
	_, err := s.configure(ctx)
	if isNo(err) {
		return nil
	}
	return err
}

// Limits are the limits that the client keeps to, the smallest of all that are
// known: of the server's configuration, its headers, the table of hosts, and
// those that it learned by being refused.
type Limits struct {
	Cells int64
	Calls int // 0 if none is known
	// Window is the time in which Calls are allowed.
	Window time.Duration
}

// defaultCells is the limit of servers that do not say theirs: the default of
// the program that most of them run.
const defaultCells = 100_000

// limits are those that are known now.
func (s *server) limits() Limits {
	l := Limits{Cells: s.limit}
	lower := func(n int64) {
		if n > 0 && (l.Cells == 0 || n < l.Cells) {
			l.Cells = n
		}
	}
	lower(s.host.Cells)
	if s.config != nil {
		lower(s.config.MaxCells)
	}
	if s.host.Cells == 0 && (s.config == nil || s.config.MaxCells == 0) {
		lower(defaultCells)
	}
	least := s.pace.least()
	l.Calls, l.Window = least.calls, least.window
	return l
}
