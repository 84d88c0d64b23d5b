package contract

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/lint"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

// LintSeverity is how much a finding of [Lint] matters.
type LintSeverity string

// The severities.
const (
	LintError   LintSeverity = "error"   // contradicts itself, or changes or prevents verdicts
	LintWarning LintSeverity = "warning" // ambiguous, or formally wrong
	LintInfo    LintSeverity = "info"    // worth knowing
)

// A LintFinding is one mistake of a description.
type LintFinding struct {
	Rule     string // slug of one of LintRules
	Severity LintSeverity
	Source   faultline.Source
	Pointer  string // JSON Pointer of what is wrong, in the file of Source
	Message  string // "no number keeps both `minimum: 5` and `maximum: 3`"
	Remedy   string // what to do, starting with a verb
	Section  string // of the specification that says so
	Text     string // the line of the file
}

// Detail gives the finding with the line of the file, a caret and the remedy, as
// [Error.Detail] does.
func (f *LintFinding) Detail() string {
	e := Error{File: f.Source.File, Line: f.Source.Line, Column: f.Source.Column, Msg: f.Message, Text: f.Text, Remedy: f.Remedy}
	return string(f.Severity) + "[" + f.Rule + "]" + strings.TrimPrefix(e.Detail(), "error")
}

// A LintReport is what Lint found in one description.
type LintReport struct {
	File       string
	Title      string // info.title
	Version    string // info.version
	Operations int
	Findings   []LintFinding // in the order of files and lines
	More       int           // findings that are left out, since one rule has too many
	Outside    bool          // a reference leads out of the file system that was given
}

// Count is how many findings have the severity.
func (r *LintReport) Count(s LintSeverity) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity == s {
			n++
		}
	}
	return n
}

// A LintRule is one sort of mistake that Lint looks for.
type LintRule struct {
	Slug     string
	Severity LintSeverity // of most of its findings
	Title    string
	Why      string // what it does to verdicts
	Fix      string
	Section  string
}

// LintRules are the rules of [Lint] in the order of their documentation.
func LintRules() []LintRule {
	var out []LintRule
	for _, r := range lint.Rules() {
		out = append(out, LintRule{Slug: r.Slug, Severity: severityOf(r.Severity), Title: r.Title, Why: r.Why, Fix: r.Fix, Section: r.Section})
	}
	return out
}

func severityOf(s lint.Severity) LintSeverity {
	return [...]LintSeverity{lint.Info: LintInfo, lint.Warning: LintWarning, lint.Error: LintError}[s]
}

// Lint reads the description called name from fsys and judges the description
// itself: where it contradicts itself, can be read in two ways or is formally
// wrong. One that Load refuses for a part of it is judged for the rest. The
// error is an [*Error], and is about a file that cannot be read as a description
// at all.
func Lint(fsys fs.FS, name string, o Options) (*LintReport, error) {
	l := newLoader(fsys, name, o)
	refused := l.load(name)
	doc, err := l.docs.open(name, yaml.Pos{})
	if err != nil {
		return nil, l.refusal(err)
	}
	version, known := l.version()
	if !known {
		return nil, l.refusal(refused)
	}
	j := linter{docs: l.docs, lines: map[string][]string{}, said: map[faultline.Source]bool{}, r: &LintReport{File: name}}
	found, more := lint.Run(lint.Input{
		Root: doc.root, Version: version, Dialect: l.dialect, AnnotateFormats: o.AnnotateFormats,
		Resolve: l.docs.resolve, Schemas: resolver{l.docs}, Line: j.line, Words: j.words,
	})
	j.r.More = more
	j.findings(found)
	if refused != nil {
		j.refused(l.refusal(refused))
	}
	j.loaded(l.c)
	return j.r, nil
}

// linter puts a report together.
type linter struct {
	docs  *documents
	lines map[string][]string // of the files
	said  map[faultline.Source]bool
	r     *LintReport
}

// version is which OpenAPI the description is written in; known is false where
// the loader refused it.
func (l *loader) version() (v lint.Version, known bool) {
	switch {
	case l.old != nil:
		return lint.V20, true
	case l.v32:
		return lint.V32, true
	case l.v31:
		return lint.V31, true
	}
	return lint.V30, l.dialect == schema.OpenAPI30
}

// words are those of an error about a reference.
func (j *linter) words(err error) (message, remedy string) {
	var ours *Error
	var remote *unsupportedError
	j.r.Outside = j.r.Outside || errors.Is(err, fs.ErrInvalid)
	switch {
	case errors.As(err, &ours):
		return ours.Msg, ours.Remedy
	case errors.As(err, &remote):
		return remote.at.Msg, remote.at.Remedy
	}
	return err.Error(), ""
}

func (j *linter) findings(found []lint.Finding) {
	for i := range found {
		f := &found[i]
		j.add(LintFinding{
			Rule: f.Rule.Slug, Severity: severityOf(f.Severity), Source: source(f.Pos), Pointer: f.Pointer,
			Message: f.Message, Remedy: f.Remedy, Section: f.Rule.Section,
		})
	}
}

func (j *linter) add(f LintFinding) {
	j.said[f.Source] = true
	f.Text = j.line(yaml.Pos{File: f.Source.File, Line: f.Source.Line})
	j.r.Findings = append(j.r.Findings, f)
}

// refused adds why Load refuses the description, unless a rule has found it at
// the same place: one mistake is one finding.
func (j *linter) refused(e *Error) {
	if !j.said[e.Source()] {
		j.add(LintFinding{Rule: lint.Refused.Slug, Severity: LintError, Source: e.Source(), Message: e.Msg, Remedy: e.Remedy, Section: lint.Refused.Section})
	}
}

// loaded adds what was noticed while loading.
func (j *linter) loaded(c *Contract) {
	j.r.Title, j.r.Version, j.r.Operations = c.Title(), c.Version(), len(c.ops)
	for i := range c.notices {
		j.notice(&c.notices[i])
	}
	slices.SortStableFunc(j.r.Findings, func(a, b LintFinding) int {
		return cmp.Or(cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Line, b.Source.Line), cmp.Compare(a.Source.Column, b.Source.Column))
	})
}

func (j *linter) notice(n *Notice) {
	if j.said[n.Source] {
		return
	}
	rule := lint.Tolerated
	switch n.Rule {
	case unverified:
		rule = lint.Unverified
	case parameterStyle:
		rule = lint.Style
	}
	j.add(LintFinding{
		Rule: rule.Slug, Severity: severityOf(rule.Severity), Source: n.Source, Message: n.Text, Remedy: n.Remedy, Section: rule.Section,
	})
}

// line is the text of a line; the lines of a file are found once.
func (j *linter) line(at yaml.Pos) string {
	lines, known := j.lines[at.File]
	if !known {
		if doc := j.docs.known[at.File]; doc != nil {
			lines = strings.Split(string(doc.raw), "\n")
		}
		j.lines[at.File] = lines
	}
	if at.Line < 1 || at.Line > len(lines) {
		return ""
	}
	return strings.TrimSuffix(lines[at.Line-1], "\r")
}
