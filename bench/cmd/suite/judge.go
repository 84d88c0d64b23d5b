package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/faultline-http/faultline/bench/official"
)

// patience is how long a test may take: one that takes longer is not passed.
const patience = 10 * time.Second

// judge counts what a validator makes of the tests of a group.
func (t table) judge(v *official.Validator, draft string, g *official.Group, remotes map[string][]byte, failures io.Writer) {
	n := t.at(v.Name, draft, g.Section)
	valid, err := compile(v, g, official.Options{
		Draft: draft, Remotes: remotes, Format: g.Section == "format",
		Content: draft == "draft7" && g.Section == "optional", // later drafts take content as a note (Validation 8.1)
	})
	if errors.Is(err, official.ErrDialect) {
		return
	}
	n.all += len(g.Tests)
	if err != nil {
		fmt.Fprintf(failures, "%s\t%s\t%s\t%s\t%v\n", v.Name, draft, g.File, g.Description, err)
		return
	}
	for i := range g.Tests {
		got, err := ask(valid, g.Tests[i].Data)
		if err == nil && got == g.Tests[i].Valid {
			n.passed++
			continue
		}
		fmt.Fprintf(failures, "%s\t%s\t%s\t%s\t%s\tvalid %v, %v\n", v.Name, draft, g.File, g.Description, g.Tests[i].Description, got, err)
	}
}

func compile(v *official.Validator, g *official.Group, o official.Options) (valid func([]byte) bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return v.Compile(g.Schema, o)
}

// ask gives up on what does not answer, and takes a panic for an error.
func ask(valid func([]byte) bool, value []byte) (bool, error) {
	type answer struct {
		valid bool
		err   error
	}
	answers := make(chan answer, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				answers <- answer{err: fmt.Errorf("panic: %v", p)}
			}
		}()
		answers <- answer{valid: valid(value)}
	}()
	select {
	case a := <-answers:
		return a.valid, a.err
	case <-time.After(patience):
		return false, errors.New("no answer")
	}
}
