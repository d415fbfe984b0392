package rows

import "os"

// A recoded column has numbers for the texts of a raw one, in a file: four bytes a
// row.
type recoded struct {
	dict dictionary
	file *os.File
	done func()
}

func (r *recoded) close() {
	if r.done != nil {
		r.done()
	}
}
