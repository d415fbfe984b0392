package suite

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shuffledMessages are SDMX-JSON messages with the members of their outer objects in
// several orders.
func shuffledMessages(t *testing.T, testdata string) (list []input) {
	t.Helper()
	for _, name := range []string{"flat.json", "series.json", "measures.json", "oldstyle.json"} {
		text, err := os.ReadFile(filepath.Join(testdata, "sdmx", name))
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(6) {
			rng := rand.New(rand.NewPCG(seed, 2))
			list = append(list, input{fmt.Sprintf("%s, seed %d", name, seed), []byte(shuffled(t, text, rng, 2))})
		}
	}
	return list
}

// shuffled writes an object with its members in another order, to a depth.
func shuffled(t *testing.T, text []byte, rng *rand.Rand, depth int) string {
	t.Helper()
	var members map[string]json.RawMessage
	if depth == 0 || json.Unmarshal(text, &members) != nil {
		return string(text)
	}
	var parts []string
	for name, value := range members {
		parts = append(parts, fmt.Sprintf("%q:%s", name, value))
	}
	slices.Sort(parts)
	for i, part := range parts {
		name, value, _ := strings.Cut(part, ":")
		parts[i] = name + ":" + shuffled(t, []byte(value), rng, depth-1)
	}
	rng.Shuffle(len(parts), func(i, k int) { parts[i], parts[k] = parts[k], parts[i] })
	return "{" + strings.Join(parts, ",") + "}"
}
