package fuzz

import (
	"fmt"

	"github.com/faultline-http/faultline/bench/official"
)

// values are how many values are held to one schema.
const values = 4

// depth is how many schemas stand inside of each other at the most.
const depth = 2

// A difference is a case that two validators judge differently.
type difference struct {
	draft         string
	schema, value []byte // value is nil if one side does not take the schema

	ourErr, theirErr error // of the schema; theirErr may be of the value
	valid, theirs    bool
}

func (d *difference) String() string {
	if d.value == nil {
		return fmt.Sprintf("%s: we refuse the schema: %v\nthey: %v\nschema: %s", d.draft, d.ourErr, d.theirErr, d.schema)
	}
	return fmt.Sprintf("%s: we say valid %v, they %v, %v\nschema: %s\nvalue: %s", d.draft, d.valid, d.theirs, d.theirErr, d.schema, d.value)
}

// compare puts a case together and returns where the verdicts differ, and how
// many verdicts there were.
func compare(p *pool, data []byte) (found []difference, asked int) {
	m := &maker{choice: newChoice(data), pool: p, names: map[string]bool{}}
	made, value := m.make(depth)
	for range m.of(4) {
		m.changeSchema(made)
	}
	texts := [][]byte{encode(value)}
	for len(texts) < values {
		value = m.change(clone(value))
		texts = append(texts, encode(value))
	}
	return p.judge(encode(made), texts)
}

// judge asks both sides about values of a schema.
func (p *pool) judge(schema []byte, values [][]byte) (found []difference, asked int) {
	d := difference{draft: p.draft, schema: schema}
	var ours, theirs func([]byte) bool
	ours, d.ourErr = official.Faultline(schema, p.options())
	theirs, d.theirErr = compileTheirs(schema, p.options())
	switch {
	case d.ourErr != nil && d.theirErr != nil:
		return nil, 0
	case d.ourErr != nil || d.theirErr != nil:
		return []difference{d}, 0
	}
	for _, d.value = range values {
		d.valid = ours(d.value)
		d.theirs, d.theirErr = askTheirs(theirs, d.value)
		if d.theirErr != nil || d.valid != d.theirs {
			found = append(found, d)
		}
	}
	return found, len(values)
}

// compileTheirs takes a panic for an error.
func compileTheirs(schema []byte, o official.Options) (valid func([]byte) bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return official.Santhosh(schema, o)
}

func askTheirs(valid func([]byte) bool, value []byte) (ok bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return valid(value), nil
}
