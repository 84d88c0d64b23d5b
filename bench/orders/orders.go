// Package orders is the contract and the bodies that the engines are timed on:
// batches of orders with addresses, lines and payments, as an API client sends them.
package orders

import (
	"bytes"
	_ "embed" // the bodies are files
)

// The contract, as JSON Schema 2020-12 and as an OpenAPI 3.0 document.
var (
	//go:embed schema.json
	Schema []byte
	//go:embed openapi.json
	OpenAPI []byte
)

// Component is the schema of the OpenAPI document that the bodies keep.
const Component = "OrderBatch"

//go:embed valid_1k.json
var small []byte

//go:embed valid_10k.json
var medium []byte

//go:embed invalid_10k.json
var wrong []byte

// A Body is one text to judge.
type Body struct {
	Name  string
	Text  []byte
	Valid bool
}

// Bodies are 1, 10 and 100 kB that keep the contract, 10 kB with one wrong
// value at the very end, and with ten.
func Bodies() []Body {
	return []Body{
		{"1 kB", small, true},
		{"10 kB", medium, true},
		{"100 kB", repeated(medium, 10), true},
		{"10 kB, wrong at the end", wrong, false},
		{"10 kB, ten mistakes", bytes.Replace(medium, []byte(`"currency":"`), []byte(`"currency":"X`), 10), false},
	}
}

// repeated is a batch with its orders n times over.
func repeated(batch []byte, n int) []byte {
	start := bytes.IndexByte(batch, '[') + 1
	end := bytes.LastIndexByte(batch, ']')
	out := bytes.Clone(batch[:end])
	for range n - 1 {
		out = append(out, ',')
		out = append(out, batch[start:end]...)
	}
	return append(out, batch[end:]...)
}
