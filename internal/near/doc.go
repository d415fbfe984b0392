// Package near finds near misses: the names that may have been meant by one that is
// unknown, for messages such as "did you mean Region?". What comes in is a name and the
// names that there are, what goes out is at most three of these, best first.
package near
