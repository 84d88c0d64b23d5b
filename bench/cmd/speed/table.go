package main

import (
	"fmt"
	"io"

	"github.com/faultline-http/faultline/bench/engines"
	"github.com/faultline-http/faultline/bench/orders"
)

// A table has one row an engine; the first is what the others are held against.
type table []row

type row struct {
	name    string
	kind    engines.Kind
	figures []figure
}

func (t *table) add(name string, kind engines.Kind, figures []figure) {
	*t = append(*t, row{name, kind, figures})
}

// print writes the table as Markdown: time, megabytes a second, how many times
// ours, and allocations where they can be counted.
func (t table) print(w io.Writer, bodies []orders.Body) {
	for i, b := range bodies {
		fmt.Fprintf(w, "\n### %s (%d bytes)\n\n| engine | does | µs | MB/s | times ours | allocations |\n| --- | --- | ---: | ---: | ---: | ---: |\n", b.Name, len(b.Text))
		for _, r := range t {
			f := r.figures[i]
			allocs := "-"
			if f.allocs >= 0 {
				allocs = fmt.Sprintf("%.0f", f.allocs)
			}
			fmt.Fprintf(w, "| %s | %s | %.2f | %.1f | %.2f | %s |\n", r.name, r.kind, f.ns/1000, float64(len(b.Text))/f.ns*1000, f.ns/t[0].figures[i].ns, allocs)
		}
	}
}
