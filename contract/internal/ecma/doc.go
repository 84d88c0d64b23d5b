// Package ecma matches regular expressions of ECMA-262, as `pattern` of JSON
// Schema means them: found anywhere in a text, with the u flag, and without it
// where a pattern is one only so.
//
// A pattern is read into a tree of our own and then run by the cheapest matcher
// that is exact for it: counters for runs of characters, a table of states for
// all that is regular (look-around at the beginning and the end included), and
// going back for the rest, which alone can be too costly for a text:
//
//	re, err := ecma.Compile(`^[A-Z]{3}-[0-9]{4,6}$`)
//	ok, err := re.Match([]byte("ABC-1234"))
//
// The package does not report where a pattern was found nor what it captured.
package ecma
