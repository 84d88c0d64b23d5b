package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// described says what the rows are.
var described = map[string]string{
	"direct":  "no proxy: the backend itself",
	"x-raw":   "bare Go loop, checks nothing",
	"nginx":   "nginx, passes through",
	"haproxy": "HAProxy, passes through",
	"go-rp":   "tuned Go ReverseProxy, passes through",
	"kin":     "the same with kin-openapi, requests only",
	ours:      "**faultline, both bodies, mode block**",
}

func (m *measurement) works() []string { return strings.Split(m.work, ",") }

// print writes the tables as Markdown.
func (m *measurement) print(w io.Writer) {
	m.printCPU(w)
	m.printRatios(w)
	m.printRest(w)
}

func (m *measurement) printCPU(w io.Writer) {
	fmt.Fprintf(w, "CPU µs a request, %d connections, medians of %d rounds; other programs used %.0f %% of the processors meanwhile.\n\n",
		m.conns, m.rounds, 100*m.foreign())
	fmt.Fprintf(w, "| row | %s |\n| --- |%s\n", strings.Join(m.works(), " | "), strings.Repeat(" ---: |", len(m.works())))
	for _, name := range m.names {
		fmt.Fprintf(w, "| %s |", label(name))
		for _, work := range m.works() {
			fmt.Fprintf(w, " %s |", figure(m.each(name, work, func(c cell) float64 { return c.CPU }), "%.1f"))
		}
		fmt.Fprintln(w)
	}
}

// printRatios holds ours against the others: medians of the ratios within a round.
func (m *measurement) printRatios(w io.Writer) {
	fmt.Fprint(w, "\nTimes the CPU of another row, medians of the ratios within a round:\n\n| faultline against |")
	fmt.Fprintf(w, " %s |\n| --- |%s\n", strings.Join(m.works(), " | "), strings.Repeat(" ---: |", len(m.works())))
	for _, name := range m.names {
		if name == "direct" || name == ours {
			continue
		}
		fmt.Fprintf(w, "| %s |", name)
		for _, work := range m.works() {
			fmt.Fprintf(w, " %s |", figure(m.ratios(name, work), "%.2f"))
		}
		fmt.Fprintln(w)
	}
}

func (m *measurement) printRest(w io.Writer) {
	busy, one := []string{"get", "1k"}, []string{"get", "1k"}
	fmt.Fprintf(w, "\n| row | p50 µs at %d connections: get | 1k | at one connection: get | 1k | start ms | RSS MiB idle | peak | refused of bad | errors |\n", m.conns)
	fmt.Fprintln(w, "| --- |"+strings.Repeat(" ---: |", 9))
	for _, name := range m.names {
		fmt.Fprintf(w, "| %s |", name)
		for _, work := range busy {
			fmt.Fprintf(w, " %s |", figure(m.each(name, work, func(c cell) float64 { return c.P50 }), "%.0f"))
		}
		for _, work := range one {
			fmt.Fprintf(w, " %s |", figure(m.lowRate(name, work), "%.0f"))
		}
		s, errs := m.size[name], int64(0)
		for _, c := range m.Cells {
			if c.Row == name {
				errs += c.Errors
			}
		}
		fmt.Fprintf(w, " %.0f | %.0f | %.0f | %s | %d |\n", s.startMS, s.idle, s.peak,
			figure(m.each(name, "bad", func(c cell) float64 { return 100 * c.Refused }), "%.0f %%"), errs)
	}
}

// wrong are the cells in which our row did not do its work: figures of a proxy
// that refuses good calls, or lets bad ones through, say nothing.
func (m *measurement) wrong() (out []string) {
	for _, c := range m.Cells {
		want := 0.0
		if c.Work == "bad" {
			want = 1
		}
		if c.Row == ours && (c.Refused != want || c.Errors > 0 || c.CPU == 0) {
			out = append(out, fmt.Sprintf("%s in round %d: %.0f %% refused, %d errors", c.Work, c.Round, 100*c.Refused, c.Errors))
		}
	}
	if len(m.Cells) == 0 {
		out = append(out, "nothing was measured")
	}
	return out
}

func (m *measurement) each(row, work string, of func(cell) float64) (out []float64) {
	for _, c := range m.Cells {
		if c.Row == row && c.Work == work && c.CPU > 0 {
			out = append(out, of(c))
		}
	}
	return out
}

func (m *measurement) lowRate(row, work string) (out []float64) {
	for _, l := range m.Low {
		if l.Row == row && l.Work == work {
			out = append(out, l.P50)
		}
	}
	return out
}

func (m *measurement) ratios(other, work string) (out []float64) {
	for _, a := range m.Cells {
		for _, b := range m.Cells {
			if a.Row == ours && b.Row == other && a.Work == work && b.Work == work && a.Round == b.Round && b.CPU > 0 {
				out = append(out, a.CPU/b.CPU)
			}
		}
	}
	return out
}

func (m *measurement) foreign() float64 {
	var all []float64
	for _, c := range m.Cells {
		all = append(all, c.Foreign)
	}
	return median(all)
}

func label(name string) string {
	if d, ok := described[name]; ok {
		return d
	}
	return name
}

func figure(v []float64, format string) string {
	if len(v) == 0 {
		return "-"
	}
	return fmt.Sprintf(format, median(v))
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}
