// Package lint judges an API description itself: where it contradicts itself,
// where it can be read in two ways, where it is formally wrong. It knows the
// tree of the description and the schemas that were read from it, and nothing of
// calls.
//
//	findings := lint.Run(lint.Input{Root: root, Version: lint.V31, Dialect: schema.JSONSchema202012, Resolve: docs.resolve, Schemas: resolver})
//
// A rule is one value of [Rule] in a file of its subject; rules.go lists all of
// them.
package lint

import (
	"cmp"
	"slices"

	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// Severity is how much a finding matters.
type Severity uint8

// The severities.
const (
	Info    Severity = iota // worth knowing
	Warning                 // ambiguous, or formally wrong
	Error                   // contradicts itself, or changes or prevents verdicts
)

// Version is the version of OpenAPI that a description is written in.
type Version uint8

// The versions.
const (
	V20 Version = iota
	V30
	V31
	V32
)

// A Finding is one mistake of a description.
type Finding struct {
	Rule     *Rule
	Severity Severity
	Pos      yaml.Pos
	Pointer  string // JSON Pointer of what is wrong, in the file of Pos
	Message  string
	Remedy   string
}

// Input is a description that was read.
type Input struct {
	Root            *yaml.Node
	Version         Version
	Dialect         schema.Dialect
	AnnotateFormats bool                                              // formats are notes to people
	Resolve         func(ref string, at yaml.Pos) (*yaml.Node, error) // a reference at a place
	Schemas         schema.Resolver
	Line            func(at yaml.Pos) string                 // the text of a line
	Words           func(err error) (message, remedy string) // of an error of Resolve; nil: the error says it
}

// mostFindings bounds what one rule says of one description: the first ones show
// what it is about, the rest is counted.
const mostFindings = 500

// Run holds a description against all rules. The findings are in the order of
// files and lines; more is how many are left out for their number.
func Run(in Input) (findings []Finding, more int) {
	c := &check{in: in, v: in.Version, seen: map[key]bool{}, count: map[*Rule]int{}, flats: map[*yaml.Node]*yaml.Node{}}
	c.walk()
	c.read()
	for _, r := range rules {
		if r.look != nil {
			c.rule = r
			r.look(c)
		}
	}
	slices.SortStableFunc(c.out, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column),
			-cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Rule.Slug, b.Rule.Slug))
	})
	return c.out, c.more
}

// A check is one description being judged.
type check struct {
	in    Input
	v     Version
	rule  *Rule // that is looking
	sites [roles][]*site
	first map[visit]*site // of a node in a role

	program    *schema.Inspection
	problems   []error
	wanted     []wanted
	sound      []bool
	flats      map[*yaml.Node]*yaml.Node // the schemas of parameters of OpenAPI 2.0
	tried      []trial
	clashes    []schema.Contradiction
	judged     bool    // clashes are known
	own        []*site // see schemas
	parameters map[*site][]declared
	targets    map[*yaml.Node]target // see resolve
	places     map[yaml.Pos]*site    // what stands where

	out   []Finding
	seen  map[key]bool
	count map[*Rule]int
	more  int
}

type key struct {
	rule *Rule
	pos  yaml.Pos
}

// full reports whether the rule that is looking has said all that it may: what
// is costly to look for, or to put into words, is not looked for any more.
func (c *check) full() bool {
	if c.count[c.rule] < mostFindings {
		return false
	}
	c.more++
	return true
}

// say adds a finding of the rule that is looking. One place is named once.
func (c *check) say(s *site, at yaml.Pos, message, remedy string, below ...string) {
	c.sayAs(c.rule.Severity, s, at, message, remedy, below...)
}

// sayAs is say for rules whose findings do not all matter as much.
func (c *check) sayAs(severity Severity, s *site, at yaml.Pos, message, remedy string, below ...string) {
	k := key{c.rule, at}
	if c.seen[k] {
		return
	}
	c.seen[k] = true
	if c.count[c.rule]++; c.count[c.rule] > mostFindings {
		c.more++
		return
	}
	c.out = append(c.out, Finding{Rule: c.rule, Severity: severity, Pos: at, Pointer: s.pointer(below...), Message: message, Remedy: remedy})
}
