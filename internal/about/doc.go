// Package about gathers what a dataset says of itself, in its head and in the extensions
// that offices use. What comes in is a dataset, what goes out is plain text for people:
// who made it, its licence, contacts and pages (table.go, to open first), units (unit.go)
// and notes (note.go). Notes and names may hold HTML, which text.go turns into text.
package about
