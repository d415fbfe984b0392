package convert

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// smallShelf makes every shelf need its file.
func smallShelf(t *testing.T, room, share int) {
	t.Helper()
	oldRoom, oldShare := shelfRoom, shelfShare
	shelfRoom, shelfShare = room, share
	t.Cleanup(func() { shelfRoom, shelfShare = oldRoom, oldShare })
}

func TestShelf(t *testing.T) {
	for _, room := range []int{1, 10, 300, 1 << 20} {
		t.Run(fmt.Sprint("room ", room), func(t *testing.T) {
			smallShelf(t, room, 0)
			rng := rand.New(rand.NewPCG(1, uint64(room)))
			s := &shelf{}
			want := make([]string, 5)
			for range want {
				s.texts = append(s.texts, &waiting{})
			}
			defer s.close()
			for range 2000 {
				i := rng.IntN(4) // the last one stays empty
				text := strings.Repeat(string(rune('a'+i)), rng.IntN(30))
				s.texts[i].text = append(s.texts[i].text, text...)
				s.used += len(text)
				want[i] += text
				require.NoError(t, s.tidy())
			}
			require.Equal(t, room < 1<<20, s.file != nil)
			for i, w := range s.texts {
				var out bytes.Buffer
				require.NoError(t, s.copy(&out, w))
				require.Equal(t, want[i], out.String())
			}
		})
	}
}

// TestShelfColumns: the same columns come out of a file and out of memory.
func TestShelfColumns(t *testing.T) {
	write := func(t *testing.T, ds *jsonstat.Dataset, o JSONOptions) string {
		var out bytes.Buffer
		require.NoError(t, WriteObjArr(&out, ds, &o))
		return out.String()
	}
	for _, shape := range shapes.Cubes() {
		doc, err := jsonstat.Parse([]byte(shape.JSON))
		require.NoError(t, err)
		ds, err := doc.Dataset(0)
		require.NoError(t, err)
		if ds.Len() > 1<<16 {
			continue
		}
		options := []JSONOptions{{Status: true, Unit: true}, {Table: Table{Keep: NonMissing}}, {Table: Table{Keep: NonEmpty, Content: Columns}, Status: true}}
		for _, d := range ds.Dimensions() {
			options = append(options, JSONOptions{Table: Table{By: []string{d.ID()}}})
		}
		for _, o := range options {
			t.Run(shape.Name, func(t *testing.T) {
				want := write(t, ds, o)
				smallShelf(t, 7, 0)
				require.Equal(t, want, write(t, ds, o))
			})
		}
	}
}

// TestShelfFails: where no temporary file can be made, the failure is told.
func TestShelfFails(t *testing.T) {
	smallShelf(t, 1, 0)
	t.Setenv("TMPDIR", t.TempDir()+"/not there")
	if dir := os.TempDir(); !strings.HasSuffix(dir, "not there") {
		t.Skip("temporary files do not follow TMPDIR here")
	}
	s := &shelf{texts: []*waiting{{text: []byte("xy")}}, used: 2}
	require.ErrorContains(t, s.tidy(), "temporary file")
	s.close()
}
