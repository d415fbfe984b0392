package jsonfault

import (
	"errors"
	"io"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func TestOf(t *testing.T) {
	broken := errors.New("the line is broken")
	read := func(text string) error {
		_, _, err := jsontoken.NewReader(window.Bytes(text), 0).Token()
		return err
	}
	for _, tt := range []struct {
		name string
		err  error
		want error
	}{
		{"a fault", read("x"), jsonstat.ErrSyntax},
		{"NaN", read("NaN"), jsonstat.ErrNaN},
		{"not UTF-8", read("\"\xe5\""), jsonstat.ErrEncoding},
		{"beyond a limit", &window.SyntaxError{Limit: true}, jsonstat.ErrLimit},
		{"of the source", &window.ReadError{Err: broken}, broken},
		{"another", io.ErrClosedPipe, io.ErrClosedPipe},
		{"none", nil, nil},
	} {
		if got := Of(tt.err); !errors.Is(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	e, ok := Of(read("  x")).(*jsonstat.Error)
	if !ok || e.Offset != 2 {
		t.Errorf("the place is %v", e)
	}
}
