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
	os.Exit(m.Run())
}
