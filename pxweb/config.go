package pxweb

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
)

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

// defaultCells is the limit of servers that do not say theirs: the default of
// the program that most of them run.
const defaultCells = 100_000

// Config asks the server for its configuration, once.
func (c *Client) Config(ctx context.Context) (*Config, error) {
	api, err := c.version(ctx)
	if err != nil {
		return nil, err
	}
	if c.config != nil {
		return c.config, nil
	}
	if api == V2 {
		c.config, err = c.config2(ctx)
	} else {
		c.config, err = c.config1(ctx)
	}
	return c.config, err
}

func (c *Client) config1(ctx context.Context) (*Config, error) {
	text, err := c.get(ctx, c.langBase()+"?config")
	if err != nil {
		return nil, err
	}
	var v struct {
		MaxValues  int   `json:"maxValues"`
		MaxCells   int64 `json:"maxCells"`
		MaxCalls   int   `json:"maxCalls"`
		TimeWindow int64 `json:"timeWindow"`
	}
	if err := c.decode(c.langBase()+"?config", text, &v); err != nil {
		return nil, err
	}
	cfg := &Config{API: V1, MaxCells: v.MaxCells, MaxValues: v.MaxValues, Calls: v.MaxCalls, Window: seconds(v.TimeWindow), Raw: text}
	c.pace.limit(cfg.Calls, cfg.Window)
	return cfg, nil
}

// seconds makes a duration of a number that may be absurd.
func seconds(n int64) time.Duration {
	return time.Duration(min(max(n, 0), 1_000_000)) * time.Second
}

func (c *Client) config2(ctx context.Context) (*Config, error) {
	text, err := c.get(ctx, c.host.V2+"/config")
	if err != nil {
		return nil, err
	}
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
	if err := c.decode(c.host.V2+"/config", text, &v); err != nil {
		return nil, err
	}
	if v.APIVersion == "" && v.MaxDataCells == 0 {
		return nil, &Error{Kind: ErrAnswer, Status: 200, Method: "GET", URL: c.host.V2 + "/config", Message: "it is no configuration of version 2"}
	}
	cfg := &Config{API: V2, Version: v.APIVersion, MaxCells: v.MaxDataCells, Calls: v.MaxCallsPerTimeWindow, Window: seconds(v.TimeWindow),
		DefaultLang: v.DefaultLanguage, Formats: v.DataFormats, License: v.License, Raw: text}
	for _, l := range v.Languages {
		cfg.Languages = append(cfg.Languages, l.ID)
	}
	for _, s := range v.SourceReferences {
		if s.Language == "" || s.Language == c.lang || c.lang == "" {
			cfg.Sources = append(cfg.Sources, s.Text)
		}
	}
	if c.lang == "" {
		c.lang = cfg.DefaultLang
	}
	c.assumeLang()
	c.pace.limit(cfg.Calls, cfg.Window)
	return cfg, nil
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

// LimitCells lowers the limit of cells in an answer.
func (c *Client) LimitCells(n int64) {
	if n > 0 && (c.limit == 0 || n < c.limit) {
		c.limit = n
	}
}

// Limits tells them; ask for [Client.Config] first.
func (c *Client) Limits() Limits {
	l := Limits{Cells: c.limit}
	lower := func(n int64) {
		if n > 0 && (l.Cells == 0 || n < l.Cells) {
			l.Cells = n
		}
	}
	lower(c.host.Cells)
	if c.config != nil {
		lower(c.config.MaxCells)
	}
	if c.host.Cells == 0 && (c.config == nil || c.config.MaxCells == 0) {
		lower(defaultCells)
	}
	for _, r := range c.pace.rules {
		if l.Calls == 0 || rate(r.calls, r.window) < rate(l.Calls, l.Window) {
			l.Calls, l.Window = r.calls, r.window
		}
	}
	return l
}

func rate(calls int, window time.Duration) float64 { return float64(calls) / window.Seconds() }

// base1 is the base of version 1 in the client's language.
func (c *Client) base1() string { return c.host.base1(c.lang) }

// langBase is the level of the language, where every server of version 1 tells its
// configuration.
func (c *Client) langBase() string {
	if c.host.V1Lang[c.lang] != "" {
		return c.host.V1Lang[c.lang]
	}
	if level, _, ok := strings.Cut(c.host.V1, "/{lang}"); ok {
		return level + "/" + c.lang
	}
	return c.base1()
}

// url1 is the address of a path below the database in version 1. Every part of
// it is escaped.
func (c *Client) url1(path string) string {
	b := c.base1()
	for _, part := range strings.Split(strings.Trim(path, "/"), "/") {
		if part != "" {
			b += "/" + escapePath(part)
		}
	}
	return b
}

// escapePath escapes a part of a path, everything but letters and digits.
func escapePath(part string) string { return strings.ReplaceAll(url.PathEscape(part), "+", "%2B") }

// url2 is an address of version 2 with the language.
func (c *Client) url2(path string, query url.Values) string {
	if query == nil {
		query = url.Values{}
	}
	if c.lang != "" {
		query.Set("lang", c.lang)
	}
	address := c.host.V2 + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

// decode reads JSON of the expected shape. Anything else is what the server said
// instead.
func (c *Client) decode(address string, text []byte, v any) error {
	err := json.Unmarshal(text, v)
	if err == nil {
		return nil
	}
	message, page := said(text[:min(len(text), 64<<10)])
	if message == "" || json.Valid(text) {
		message = fmt.Sprintf("JSON of another shape: %v", err)
	}
	return &Error{Kind: ErrAnswer, Status: 200, Message: message, Page: page, Method: "GET", URL: address}
}

// Known is the configuration if it was asked for already, else nil.
func (c *Client) Known() *Config { return c.config }
