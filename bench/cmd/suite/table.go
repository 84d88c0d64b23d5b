package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/faultline-http/faultline/bench/official"
)

// A table has a count for each validator, draft and section.
type table map[[3]string]*count

type count struct{ passed, all int }

func (t table) at(validator, draft, section string) *count {
	key := [3]string{validator, draft, section}
	if t[key] == nil {
		t[key] = &count{}
	}
	return t[key]
}

// print writes a table in Markdown for each section.
func (t table) print(w io.Writer) {
	for _, section := range official.Sections {
		fmt.Fprintf(w, "\n%s, passed of tests\n\n| validator | %s |\n| --- |%s\n", section, strings.Join(official.Drafts, " | "), strings.Repeat(" --- |", len(official.Drafts)))
		for _, v := range official.Validators() {
			t.row(w, v.Name, section)
		}
	}
}

func (t table) row(w io.Writer, name, section string) {
	line, asked := "| "+name+" |", false
	for _, draft := range official.Drafts {
		n := t[[3]string{name, draft, section}]
		if n == nil || n.all == 0 {
			line += " |"
			continue
		}
		asked = true
		line += fmt.Sprintf(" %d/%d |", n.passed, n.all)
	}
	if asked {
		fmt.Fprintln(w, line)
	}
}
