// Package conformance_test compares the commands with the JavaScript reference:
// the published libraries behind jsonstat-conv, run by reference/driver.cjs.
//
// Where the two differ on purpose, the difference is data: see differences and
// its parts (reading, table, pivot, CSV-stat, options, command line). A
// difference tells which calls on which documents meet it and either turns our
// output into the reference's or says which side ends without one. Each is
// pinned by small documents with the exact outcome on both sides, and has a row
// in docs/differences.md. All else must have the same bytes:
//
//	go test ./conformance                    # needs npm ci in reference
//	go test ./conformance -seeds 5000        # more random cubes
//	go test ./conformance -full -timeout 5h  # all calls on each document
//	JSONSTAT_CORPUS=folder go test ./conformance
package conformance_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets the heap grow: tens of thousands of small tables, each with the
// buffers of a large one, would keep the collector busy.
func TestMain(m *testing.M) {
	debug.SetGCPercent(1000)
	code := m.Run()
	if commandDir != "" {
		_ = os.RemoveAll(commandDir)
	}
	os.Exit(code)
}
