package atrandom

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"testing"
)

// Documents are JSON, differ from seed to seed, and are the same for the same one.
func TestDocuments(t *testing.T) {
	for name, document := range map[string]func(*rand.Rand) []byte{"cube": Cube, "office": Office, "SDMX": SDMX} {
		t.Run(name, func(t *testing.T) {
			var before []byte
			for seed := range uint64(200) {
				text := document(rand.New(rand.NewPCG(seed, 1)))
				if !json.Valid(text) {
					t.Fatalf("seed %d makes no JSON: %s", seed, text)
				}
				if !bytes.Equal(text, document(rand.New(rand.NewPCG(seed, 1)))) {
					t.Fatalf("seed %d makes another document the second time", seed)
				}
				if bytes.Equal(text, before) {
					t.Fatalf("seeds %d and %d make the same document: %s", seed-1, seed, text)
				}
				before = text
			}
		})
	}
}
