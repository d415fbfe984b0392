package pxweb

import (
	"strings"

	"github.com/jsonstat-go/toolkit/dice"
)

// SavedQuery is a query as a file or an address has it.
type SavedQuery struct {
	API      API    // the version that it is written for
	Table    string // "" if it does not say
	Address  string // of the table, "" if it does not say
	Criteria []dice.Criterion
	Format   string // "" if it does not say
	Lang     string
	ID       string // by which its server knows it, "" if it is not saved there

	// How the server is to lay out a file of its own formats, in version 2: parameters of
	// the format, and which variables stand above and at the side. nil if it does not say.
	Params        []string
	Heading, Stub []string
}

// noTwice refuses a variable that is named twice, as servers do.
func noTwice(criteria []dice.Criterion) error {
	seen := map[string]bool{}
	for _, c := range criteria {
		name := strings.ToLower(c.Dimension)
		if seen[name] {
			return selectionErrorf(c.Dimension, "it is selected twice")
		}
		seen[name] = true
	}
	return nil
}
