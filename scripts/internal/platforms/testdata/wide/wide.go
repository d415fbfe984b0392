// Package wide has a constant of 2^31, which no int of 32 bits holds.
package wide

const N int = 1 << 31
