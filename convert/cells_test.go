package convert_test

import (
	"io"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// chopped is a source of cells over another one, as a package that filters cubes
// has it: chunks of any length, tokens anywhere in the buffer, positions given or
// not as it happens.
type chopped struct {
	jsonstat.Cells
	seed uint64
}

func (c *chopped) Cursor(statuses bool) (jsonstat.Cursor, error) {
	cur, err := c.Cells.Cursor(statuses)
	return &choppedCursor{Cursor: cur, rng: rand.New(rand.NewPCG(c.seed, 3))}, err
}

type choppedCursor struct {
	jsonstat.Cursor
	rng   *rand.Rand
	whole *jsonstat.Chunk // what is left of a chunk from below
	at    int
	chunk jsonstat.Chunk
	buf   []byte
}

func (c *choppedCursor) Range(from, to int64) error {
	c.whole = nil
	return c.Cursor.Range(from, to)
}

func (c *choppedCursor) Next() (*jsonstat.Chunk, error) {
	if c.whole == nil || c.at == c.whole.Len() {
		whole, err := c.Cursor.Next()
		if err != nil {
			return nil, err
		}
		c.whole, c.at = whole, 0
	}
	n := min(c.whole.Len()-c.at, 1+c.rng.IntN(5))
	c.buf = append(c.buf[:0], "rubbish"...)
	c.chunk = jsonstat.Chunk{First: c.whole.Position(c.at)}
	follow := true
	for i := c.at; i < c.at+n; i++ {
		c.chunk.Kinds = append(c.chunk.Kinds, c.whole.Kinds[i])
		c.chunk.Start = append(c.chunk.Start, uint32(len(c.buf)))
		c.buf = append(c.buf, c.whole.Token(i)...)
		c.chunk.End = append(c.chunk.End, uint32(len(c.buf)))
		c.buf = append(c.buf, "more"...)
		c.chunk.Positions = append(c.chunk.Positions, c.whole.Position(i))
		follow = follow && c.whole.Position(i) == c.chunk.First+int64(i-c.at)
		if c.whole.Status != nil {
			c.chunk.Status = append(c.chunk.Status, c.whole.Status[i])
		}
	}
	if follow && c.rng.IntN(2) == 0 {
		c.chunk.Positions = nil
	}
	c.chunk.Buf = c.buf
	c.at += n
	return &c.chunk, nil
}

// TestAnyCells writes cubes whose cells come from elsewhere: the bytes are those
// of the document.
func TestAnyCells(t *testing.T) {
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 4))
		m := newModel(rng)
		ds := dataset(t, m.document())
		other, err := jsonstat.New(ds.Head(), &chopped{ds.Cells(), seed})
		require.NoError(t, err)
		for range 3 {
			o := anyOptions(rng, m)
			require.Equal(t, toCSV(t, ds, o), toCSV(t, other, o), "seed %d: %+v", seed, *o)
		}
	}
}

// TestFromMemory builds the same cube in Go.
func TestFromMemory(t *testing.T) {
	ds := dataset(t, harvest)
	for _, v := range []*jsonstat.Values{jsonstat.NewValues(4), jsonstat.NewSparseValues()} {
		require.NoError(t, v.SetNumber(0, "120"))
		v.SetFloat64(1, 12.5)
		v.SetMissing(2)
		v.SetStatus(2, "x")
		require.NoError(t, v.SetNumber(3, "7.250"))
		built, err := jsonstat.New(ds.Head(), v.Cells())
		require.NoError(t, err)
		for _, o := range []*convert.CSVOptions{nil, {Status: true}, {Table: table{By: []string{"port"}}, StatusColumns: true}, {Table: table{Keep: convert.NonEmpty}}, {Table: table{Keep: convert.NonMissing}}} {
			require.Equal(t, toCSV(t, ds, o), toCSV(t, built, o))
		}
		require.Equal(t, toCSVStat(t, ds, nil), toCSVStat(t, built, nil))
	}
}

// TestCellsFail holds that an error of the cells comes out, and where a cell is
// read that is not there any more.
func TestCellsFail(t *testing.T) {
	ds := dataset(t, harvest)
	for name, o := range map[string]*convert.CSVOptions{"long": nil, "pivot": {Table: table{By: []string{"what"}}}} {
		t.Run(name, func(t *testing.T) {
			broken, err := jsonstat.New(ds.Head(), &failingCells{ds.Cells()})
			require.NoError(t, err)
			require.ErrorIs(t, convert.WriteCSV(io.Discard, broken, o), io.ErrUnexpectedEOF)
		})
	}
	stream := streamed(t, harvest, 0)
	if stream.Cells().Info().Once {
		require.NoError(t, convert.WriteCSV(io.Discard, stream, nil))
		require.ErrorIs(t, convert.WriteCSV(io.Discard, stream, nil), jsonstat.ErrConsumed)
	}
}

type failingCells struct{ jsonstat.Cells }

func (f *failingCells) Cursor(statuses bool) (jsonstat.Cursor, error) {
	cur, err := f.Cells.Cursor(statuses)
	return &failingCursor{cur}, err
}

type failingCursor struct{ jsonstat.Cursor }

func (f *failingCursor) Next() (*jsonstat.Chunk, error) { return nil, io.ErrUnexpectedEOF }
