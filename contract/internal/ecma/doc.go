// Package ecma reads regular expressions of ECMA-262, as `pattern` and the
// format `regex` of JSON Schema mean them: with the u flag, and without it where
// a pattern is one only so. It says at which byte a text stops being one.
package ecma
