// Package words reads what a server says about a failed call and turns it into
// complaints that rules can use: what kind of mistake, where, about which
// field, with the server's own words kept.
//
// It knows shapes that many systems share (a list of errors with a field each,
// a map from field to messages, a pointer, one sentence of text), tables of
// codes, and tables of phrases. It does not know the request: which of the
// names in a sentence is a field of the request is found out by the caller.
package words
