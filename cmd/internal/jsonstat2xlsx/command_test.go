package jsonstat2xlsx

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTable(t *testing.T) { require.NoError(t, Command().Check()) }
