// Package fuzz holds our verdicts to those of santhosh-tekuri/jsonschema v6 on
// schemas and values that are put together from the official suite and changed.
package fuzz
