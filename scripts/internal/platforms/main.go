// Platforms type-checks the module, tests included, for systems that it is not run on:
// what go vet finds there first, from the source, without compiling what it imports.
//
//	go run ./scripts/internal/platforms windows/amd64 darwin/arm64 js/wasm=./jsonstat/...,./convert/...
package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: platforms SYSTEM/PROCESSOR[=PATTERN,...] ...")
		os.Exit(2)
	}
	bad := 0
	for _, arg := range os.Args[1:] {
		platform, list, only := strings.Cut(arg, "=")
		patterns := []string{"./..."}
		if only {
			patterns = strings.Split(list, ",")
		}
		faults, err := check(platform, patterns)
		if err != nil {
			fmt.Fprintf(os.Stderr, "platforms: %s: %v\n", platform, err)
			os.Exit(2)
		}
		for _, f := range faults {
			fmt.Printf("%s: %s\n", platform, f)
		}
		bad += len(faults)
	}
	if bad > 0 {
		os.Exit(1)
	}
}

// check lists what is wrong with the packages on a platform, each fault once.
func check(platform string, patterns []string) ([]string, error) {
	system, processor, ok := strings.Cut(platform, "/")
	if !ok {
		return nil, fmt.Errorf("it is no system and processor, such as windows/amd64")
	}
	all, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps |
			packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedTypesSizes,
		Env:   append(os.Environ(), "GOOS="+system, "GOARCH="+processor, "CGO_ENABLED=0"),
		Tests: true,
	}, patterns...)
	if err != nil {
		return nil, err
	}
	var faults []string
	packages.Visit(all, nil, func(p *packages.Package) {
		for _, e := range p.Errors {
			if text := fmt.Sprint(e); !slices.Contains(faults, text) {
				faults = append(faults, text)
			}
		}
	})
	return faults, nil
}
