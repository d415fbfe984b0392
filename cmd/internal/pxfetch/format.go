package pxfetch

import (
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/pxweb"
)

// serverFormat are the formats of the registry by what servers call them.
func serverFormat(name string) []string {
	switch name = strings.ToLower(name); {
	case strings.HasPrefix(name, "json-stat"):
		return []string{"jsonstat"}
	case strings.HasPrefix(name, "json"):
		return []string{"json"}
	case strings.HasPrefix(name, "csv"):
		return []string{"csv"}
	case strings.HasPrefix(name, "xlsx"):
		return []string{"xlsx"}
	case strings.HasPrefix(name, "html"):
		return []string{"html"}
	case name == "px", name == "parquet":
		return []string{name}
	}
	return nil
}

// apiOfFormat is the version that has the format of the call, if one version alone has it,
// the host has that version, and the call does not name one.
func apiOfFormat(c *cli.Context, host pxweb.Host, api pxweb.API) pxweb.API {
	if !c.Has("server-format") || c.IsSet("api") {
		return api
	}
	switch want := pxweb.FormatAPI(c.String("server-format")); {
	case want == pxweb.V1 && host.V1 != "", want == pxweb.V2 && host.V2 != "":
		return want
	}
	return api
}
