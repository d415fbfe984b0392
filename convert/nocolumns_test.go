package convert_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
)

// TestNoColumns reads JSON tables of rows in which nothing is named.
func TestNoColumns(t *testing.T) {
	for _, text := range []string{"{}", "[{}]", "[{},{}]", "{}\n{}\n", "[[],[]]"} {
		_, err := convert.ReadJSON(strings.NewReader(text), nil)
		require.ErrorIs(t, err, convert.ErrEmpty, text)
		require.EqualError(t, err, "the table is empty", text)
	}
}
