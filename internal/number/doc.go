// Package number takes decimal numbers apart and lays them out, without arithmetic: no
// digit is lost to a float. What comes in is the token of a number that was checked
// already, what goes out is its shape ([Shape]) or its text as ECMAScript writes it
// ([Append]). Open decimal.go first; digits.go finds the end of a number eight bytes at
// a time.
package number
