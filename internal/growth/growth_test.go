package growth_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/growth"
)

// recorder is a test whose failures are looked at.
type recorder struct {
	testing.TB
	failed, fatal bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Logf(string, ...any)   {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Fatalf(string, ...any) { r.fatal = true; panic(r) }

// TestCheck: work that goes through a list once passes, work that does so for each of
// its items fails, and so does what cannot be done.
func TestCheck(t *testing.T) {
	names := func(n int) []string { return strings.Split(list(n, id), ",") }
	found := 0
	for _, tt := range []struct {
		name          string
		work          func(names []string) error
		failed, fatal bool
	}{
		{"once", func(names []string) error {
			seen := map[string]bool{}
			for _, name := range names {
				if seen[name] {
					found++
				}
				seen[name] = true
			}
			return nil
		}, false, false},
		{"for each", func(names []string) error {
			for i, name := range names {
				for _, other := range names[:i] {
					if other == name {
						found++
					}
				}
			}
			return nil
		}, true, false},
		{"an error", func([]string) error { return errors.New("no") }, false, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &recorder{}
			func() {
				defer func() {
					if p := recover(); p != nil && p != any(r) {
						panic(p)
					}
				}()
				growth.Check(r, 500, func(n int) (func() error, error) {
					list := names(n)
					return func() error { return tt.work(list) }, nil
				})
			}()
			require.Equal(t, tt.failed, r.failed)
			require.Equal(t, tt.fatal, r.fatal)
		})
	}
	require.Zero(t, found)
}
