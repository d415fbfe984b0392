package sdmxconv

import (
	"fmt"
	"slices"
	"strings"
)

// keys reads the keys of series and observations, lists of indexes such as 0:3:1.
type keys struct {
	plans   [][]*dimension // of what they are made, by length
	usual   []*dimension   // the plan of the key before
	indexes []int          // of the key that was read last, -1 where it has none
	partial bool           // keys need not have all indexes
}

// plan is what a key of n indexes is made of, nil if there is no such key.
func (k *keys) plan(n int) []*dimension {
	for _, p := range k.plans {
		if len(p) == n {
			return p
		}
	}
	return nil
}

// position is what a key says.
func (k *keys) position(key []byte, base int64, what string) (int64, error) {
	k.indexes = k.indexes[:0]
	v, n := 0, 0
	for i := 0; i <= len(key); i++ {
		switch {
		case i < len(key) && key[i]-'0' <= 9 && n < 9:
			v, n = v*10+int(key[i]-'0'), n+1
		case (i == len(key) || key[i] == ':') && n > 0:
			k.indexes = append(k.indexes, v)
			v, n = 0, 0
		case (i == len(key) || key[i] == ':'):
			k.indexes = append(k.indexes, -1)
		default:
			return 0, badKey(key, what, "it is no list of indexes with colons between them")
		}
	}
	plan := k.plan(len(k.indexes))
	if plan == nil {
		if k.plan(0) != nil && len(k.indexes) == 1 && k.indexes[0] <= 0 {
			return base, nil // a level without dimensions
		}
		return 0, badKey(key, what, fmt.Sprintf("it is of length %d, but there are %s", len(k.indexes), k.planNames()))
	}
	k.usual = plan
	for i, d := range plan {
		at := k.indexes[i]
		switch {
		case at < 0 && !k.partial:
			return 0, badKey(key, what, fmt.Sprintf("the index of dimension %q is missing", brief(d.id)))
		case at >= d.size:
			return 0, badKey(key, what, fmt.Sprintf("there is no value %d of dimension %q, which has %d", at, brief(d.id), d.size))
		}
		base += int64(at) * d.stride
	}
	return base, nil
}

// badKey is the error for a key that means nothing.
func badKey(key []byte, what, why string) error {
	return notSDMX(fmt.Sprintf("key %q of %s does not fit the structure: %s", brief(string(key)), what, why))
}

func (k *keys) planNames() string {
	if len(k.plans) == 0 || len(k.plans[0]) == 0 {
		return "no dimensions at its level"
	}
	var ids []string
	for _, d := range k.plans[0] {
		ids = append(ids, d.id)
	}
	return fmt.Sprintf("%d dimensions (%s)", len(ids), brief(strings.Join(ids, ", ")))
}

// quick is position for a key at index i that is as usual: of as many indexes as
// the one before. It returns the index of the closing quote, -1 for all other keys.
func (k *keys) quick(b []byte, i int, base int64) (int64, int) {
	for n, d := range k.usual {
		v, from := 0, i
		for ; i < len(b) && b[i]-'0' <= 9 && i < from+9; i++ {
			v = v*10 + int(b[i]-'0')
		}
		if i == from || i == len(b) || v >= d.size {
			return 0, -1
		}
		base += int64(v) * d.stride
		if n == len(k.usual)-1 {
			if b[i] != '"' {
				return 0, -1
			}
			return base, i
		}
		if b[i] != ':' {
			return 0, -1
		}
		i++
	}
	return 0, -1
}

// groupKey is the place of a group by dimension of the cube, -1 where it has none.
// The key has a slot for each dimension: those of the data set, the series, the
// observation.
func groupKey(s *structure, key string) ([]int, bool) {
	parts := strings.Split(key, ":")
	var plan []*dimension
	for _, p := range [][][]*dimension{{s.dataSet, s.series, s.observation}, {s.dataSet, s.series}, {s.series, s.observation}, {s.series}} {
		if plan = slices.Concat(p...); len(plan) == len(parts) {
			break
		}
		plan = nil
	}
	if plan == nil {
		return nil, false
	}
	coords := make([]int, len(s.dims))
	for i := range coords {
		coords[i] = -1
	}
	for i, d := range plan {
		if parts[i] == "" {
			continue
		}
		k := digits(parts[i])
		if k < 0 || k >= d.size {
			return nil, false
		}
		coords[d.place] = k
	}
	return coords, true
}
