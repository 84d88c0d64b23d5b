package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/contract"
)

// formatGitHub writes workflow commands that GitHub shows beside the lines.
const formatGitHub = "github"

// lintSchema names the shape of the JSON: fields are added within it, never
// renamed or removed.
const lintSchema = "lint/1"

// lintJSON writes one document with all files, or one finding a line.
type lintJSON struct {
	w     *output
	lines bool
	files []lintFileJSON
}

type lintReportJSON struct {
	Schema string         `json:"schema"`
	Files  []lintFileJSON `json:"files"`
}

type lintFileJSON struct {
	File       string            `json:"file"`
	Title      string            `json:"title,omitempty"`
	Version    string            `json:"version,omitempty"`
	Operations int               `json:"operations"`
	Counts     map[string]int    `json:"counts"`
	More       int               `json:"more,omitempty"` // findings that are left out
	Findings   []lintFindingJSON `json:"findings"`
}

type lintFindingJSON struct {
	Schema   string                `json:"schema,omitempty"`
	Rule     string                `json:"rule"`
	Severity contract.LintSeverity `json:"severity"`
	File     string                `json:"file"`
	Line     int                   `json:"line,omitempty"`
	Column   int                   `json:"column,omitempty"`
	Pointer  string                `json:"pointer"`
	Message  string                `json:"message"`
	Remedy   string                `json:"remedy,omitempty"`
	Section  string                `json:"section,omitempty"`
}

func (j *lintJSON) add(r *contract.LintReport) error {
	file := lintFileJSON{File: r.File, Title: r.Title, Version: r.Version, Operations: r.Operations, Counts: map[string]int{}, More: r.More, Findings: []lintFindingJSON{}}
	for _, s := range severities {
		file.Counts[string(s)] = r.Count(s)
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		file.Findings = append(file.Findings, lintFindingJSON{
			Rule: f.Rule, Severity: f.Severity, File: f.Source.File, Line: f.Source.Line, Column: f.Source.Column,
			Pointer: f.Pointer, Message: f.Message, Remedy: f.Remedy, Section: f.Section,
		})
	}
	if !j.lines {
		j.files = append(j.files, file)
		return nil
	}
	enc := json.NewEncoder(j.w)
	enc.SetEscapeHTML(false)
	for i := range file.Findings {
		file.Findings[i].Schema = lintSchema
		if err := enc.Encode(file.Findings[i]); err != nil {
			return err
		}
	}
	return j.w.Flush()
}

func (j *lintJSON) close() error {
	if j.lines {
		return nil
	}
	if j.files == nil {
		j.files = []lintFileJSON{}
	}
	enc := json.NewEncoder(j.w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(lintReportJSON{Schema: lintSchema, Files: j.files})
}

// lintGitHub writes annotations. GitHub shows ten of a kind for a step: the last
// line counts what is left out.
type lintGitHub struct {
	w       *output
	written int
	left    int
}

const mostAnnotations = 9

func (g *lintGitHub) add(r *contract.LintReport) error {
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Severity == contract.LintInfo {
			continue
		}
		if g.written == mostAnnotations {
			g.left++
			fmt.Fprintf(g.w, "%s:%d:%d: %s[%s]: %s\n", f.Source.File, f.Source.Line, f.Source.Column, f.Severity, f.Rule, g.w.clean(f.Message))
			continue
		}
		g.written++
		message := f.Message
		if f.Remedy != "" {
			message += "\nfix: " + f.Remedy
		}
		fmt.Fprintf(g.w, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", f.Severity, property(f.Source.File), f.Source.Line, f.Source.Column, property(f.Rule), data(message))
	}
	return nil
}

func (g *lintGitHub) close() error {
	if g.left > 0 {
		fmt.Fprintf(g.w, "::warning title=contract lint::and %d more, listed in the log\n", g.left)
	}
	return g.w.Flush()
}

// data escapes the message of a workflow command, property one of its
// properties.
func data(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(text))
}
