// Package pxext knows what PxWeb (PC-Axis on the web) puts into the extensions of a
// document: the names of the members that others look at, and what those of a table say.
// What comes in is an extension as raw JSON, what goes out are its members as Go values
// ([TableOf], [VariableOf]). Other members go through untouched and are not listed.
package pxext
