// Package schema compiles JSON Schemas into two programs made from one form: a
// verdict program that runs over the bytes of a body and answers yes or no
// without allocating, and an explain program that runs over a tape, only after
// a no, and lists everything that is wrong.
package schema
