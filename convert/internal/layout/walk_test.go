package layout

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// chopped cuts the chunks of a source into pieces of up to 4 cells, with positions or
// without as it happens.
type chopped struct {
	jsonstat.Cells
	rng *rand.Rand
}

func (c *chopped) Cursor(statuses bool) (jsonstat.Cursor, error) {
	cur, err := c.Cells.Cursor(statuses)
	return &choppedCursor{Cursor: cur, rng: c.rng}, err
}

type choppedCursor struct {
	jsonstat.Cursor
	rng  *rand.Rand
	rest jsonstat.Chunk
}

func (c *choppedCursor) Next() (*jsonstat.Chunk, error) {
	if c.rest.Len() == 0 {
		whole, err := c.Cursor.Next()
		if err != nil {
			return nil, err
		}
		c.rest = *whole
		c.rest.Positions = nil
		for i := range whole.Kinds {
			c.rest.Positions = append(c.rest.Positions, whole.Position(i))
		}
	}
	n := min(c.rest.Len(), 1+c.rng.IntN(4))
	chunk := c.rest
	chunk.Positions, c.rest.Positions = chunk.Positions[:n], chunk.Positions[n:]
	chunk.Kinds, c.rest.Kinds = chunk.Kinds[:n], chunk.Kinds[n:]
	chunk.Start, c.rest.Start = chunk.Start[:n], chunk.Start[n:]
	chunk.End, c.rest.End = chunk.End[:n], chunk.End[n:]
	if chunk.Status != nil {
		chunk.Status, c.rest.Status = chunk.Status[:n], chunk.Status[n:]
	}
	chunk.First = chunk.Positions[0]
	if chunk.Positions[n-1] == chunk.First+int64(n-1) && c.rng.IntN(2) == 0 {
		chunk.Positions = nil
	}
	return &chunk, nil
}

// noted is a cell that a walk handed out.
type noted struct {
	pos    int64
	text   string // "" if it is missing
	status string
}

// atRandom is a cube of random sides, and its cells that have rows by what is kept.
func atRandom(t testing.TB, rng *rand.Rand) (*jsonstat.Dataset, map[Keep][]noted) {
	t.Helper()
	var head jsonstat.Head
	n := 1
	for i := range rng.IntN(4) {
		size := 1 + rng.IntN(7)
		if n == 1 && rng.IntN(100) == 0 {
			size = 3 * padCells
		}
		var cats []string
		for k := range size {
			cats = append(cats, strconv.Itoa(k))
		}
		n *= len(cats)
		head.Dimensions = append(head.Dimensions, dim(t, string(rune('a'+i)), cats...))
	}
	v := jsonstat.NewValues(n)
	if rng.IntN(2) == 0 {
		v = jsonstat.NewSparseValues()
	}
	there := rng.IntN(11)
	want := map[Keep][]noted{}
	for pos := range int64(n) {
		c := noted{pos: pos}
		switch {
		case rng.IntN(10) >= there:
		case rng.IntN(4) == 0:
			v.SetMissing(pos)
		default:
			c.text = strconv.FormatInt(pos, 10)
			require.NoError(t, v.SetNumber(pos, c.text))
		}
		if rng.IntN(5) == 0 {
			c.status = "s"
			v.SetStatus(pos, c.status)
		}
		want[All] = append(want[All], c)
		if c.text != "" {
			want[NonMissing] = append(want[NonMissing], c)
		}
		if c.text != "" || c.status != "" {
			want[NonEmpty] = append(want[NonEmpty], c)
		}
	}
	ds, err := jsonstat.New(head, v.Cells())
	require.NoError(t, err)
	if rng.IntN(2) == 0 {
		ds, err = jsonstat.New(ds.Head(), &chopped{ds.Cells(), rng})
		require.NoError(t, err)
	}
	return ds, want
}

func noteOf(ds *jsonstat.Dataset, pos int64, c *jsonstat.Chunk, i int) noted {
	n := noted{pos: pos}
	if c.Kinds[i] != jsonstat.Missing {
		n.text = string(c.Token(i))
	}
	if c.Status != nil {
		n.status = ds.Cells().Statuses()[c.Status[i]]
	}
	return n
}

// TestWalk goes through cubes by all doors: each hands out the cells that are kept, in
// order, and says where they stand.
func TestWalk(t *testing.T) {
	for seed := range uint64(3000) {
		rng := rand.New(rand.NewPCG(seed, 8))
		ds, wants := atRandom(t, rng)
		shape := ds.Shape()
		for keep, want := range wants {
			w := Walk{Cube: ds, Keep: keep, Statuses: true}
			gaps := Gaps(ds, keep)

			var got []noted
			next := int64(0)
			require.NoError(t, w.Stretches(func(s *Stretch) error {
				for range s.Gap {
					got = append(got, noted{pos: next})
					next++
				}
				for i := s.From; i < s.To; i++ {
					if i == s.From && !gaps {
						next = s.Chunk.Position(i)
					}
					require.Equal(t, next, s.Chunk.Position(i))
					got = append(got, noteOf(ds, next, s.Chunk, i))
					next++
				}
				return nil
			}))
			require.Equal(t, want, got, "seed %d, keep %d: stretches", seed, keep)

			got = nil
			var before []int
			require.NoError(t, w.Runs(func(r *Runs) error {
				for r.Next() {
					changed := 0
					for before != nil && changed < len(before) && before[changed] == r.Coords[changed] {
						changed++
					}
					require.Equal(t, changed, r.Changed, "seed %d, keep %d", seed, keep)
					before = append([]int{}, r.Coords...)
					for i := r.From; i < r.To; i++ {
						pos := int64(0)
						coords := slices.Clone(r.Coords)
						if len(shape) > 0 {
							coords = append(coords, r.Last+i-r.From)
						}
						for d, k := range coords {
							require.Less(t, k, shape[d])
							pos = pos*int64(shape[d]) + int64(k)
						}
						require.Equal(t, pos, r.Chunk.Position(i))
						got = append(got, noteOf(ds, pos, r.Chunk, i))
					}
				}
				return nil
			}))
			require.Equal(t, want, got, "seed %d, keep %d: runs", seed, keep)

			got = nil
			require.NoError(t, w.Each(func(coords []int, cells []Cell) error {
				pos := int64(0)
				for d, k := range coords {
					pos = pos*int64(shape[d]) + int64(k)
				}
				n := noted{pos: pos, status: ds.Cells().Statuses()[cells[0].Status]}
				if cells[0].Kind != jsonstat.Missing {
					n.text = string(cells[0].Token)
				}
				got = append(got, n)
				return nil
			}))
			require.Equal(t, want, got, "seed %d, keep %d: each", seed, keep)
		}
	}
}

// TestWalkNotes holds what the comment of Walk says.
func TestWalkNotes(t *testing.T) {
	var head jsonstat.Head
	head.Dimensions = append(head.Dimensions, dim(t, "a", "0", "1"), dim(t, "b", "0", "1", "2", "3"))
	v := jsonstat.NewSparseValues()
	for _, pos := range []int64{0, 2, 6, 7} {
		v.SetFloat64(pos, 1)
	}
	v.SetMissing(1)
	ds, err := jsonstat.New(head, v.Cells())
	require.NoError(t, err)
	for keep, want := range map[Keep]struct {
		stretches [][3]int64 // gap, first, last
		runs      [][3]int   // category of a, first and last of b
	}{
		All:        {[][3]int64{{0, 0, 2}, {3, 6, 7}}, [][3]int{{0, 0, 3}, {1, 0, 3}}},
		NonMissing: {[][3]int64{{0, 0, 0}, {0, 2, 2}, {0, 6, 7}}, [][3]int{{0, 0, 0}, {0, 2, 2}, {1, 2, 3}}},
	} {
		w := Walk{Cube: ds, Keep: keep}
		var stretches [][3]int64
		require.NoError(t, w.Stretches(func(s *Stretch) error {
			stretches = append(stretches, [3]int64{s.Gap, s.Chunk.Position(s.From), s.Chunk.Position(s.To - 1)})
			return nil
		}))
		require.Equal(t, want.stretches, stretches)
		var runs [][3]int
		require.NoError(t, w.Runs(func(r *Runs) error {
			for r.Next() {
				runs = append(runs, [3]int{r.Coords[0], r.Last, r.Last + r.To - r.From - 1})
			}
			return nil
		}))
		require.Equal(t, want.runs, runs)
	}
}
