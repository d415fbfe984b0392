// Package calm spares a large program the garbage collection in the middle of its start.
// What its packages set up, most of all excelize's tables, are some megabytes that stay:
// looking for garbage among them took 2.5 of 14 ms.
//
// The package holds memory that nobody touches, so that it is not there for the system,
// but counts for the collector, which looks at once, when there is nothing to look at, and
// then waits for twice as much. That works because the set-up of packages goes by their
// paths where they do not import each other: this one imports nothing and comes early.
package calm

// ballast is more than the four megabytes at which the first collection begins.
var ballast = make([]byte, 5<<20)

// End gives the memory back: the program has begun.
func End() {
	if ballast != nil {
		ballast = nil
	}
}
