package report

import (
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

// SARIF writes one log of SARIF 2.1.0 for code scanning: a result for each
// finding, a rule for each cause. The body that a finding is about is embedded,
// so that its region and the edits of its remedy have bytes to refer to.
//
// Results are written as they come; what is told of all of them follows at the end.
type SARIF struct {
	w      io.Writer
	o      Options
	begun  bool
	rules  []sarifRule
	bodies sarifBodies
	notes  []sarifNotification
}

// NewSARIF returns a writer of one log.
func NewSARIF(w io.Writer, o Options) *SARIF { return &SARIF{w: w, o: o} }

// Add writes the findings of one exchange.
func (s *SARIF) Add(ex *faultline.Exchange, d *faultline.Diagnosis) error {
	for i := range d.Findings {
		if err := s.write(s.result(ex, d, &d.Findings[i])); err != nil {
			return err
		}
	}
	return nil
}

// Unreadable keeps the error for the end: SARIF tells of the run, not of a result.
func (s *SARIF) Unreadable(e Unreadable) error {
	s.notes = append(s.notes, sarifNotification{Level: "error", Message: sarifText{Options{}.clean(e.Message)}})
	return nil
}

// Close ends the log.
func (s *SARIF) Close() error {
	if err := s.begin(); err != nil {
		return err
	}
	rest := struct {
		Tool        sarifTool         `json:"tool"`
		Artifacts   []sarifArtifact   `json:"artifacts,omitempty"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
	}{
		Tool: sarifTool{sarifDriver{
			Name: "faultline", Version: s.o.Version, Home: projectHome, Rules: slices.Clone(s.rules),
		}},
		Artifacts:   s.bodies.artifacts,
		Invocations: []sarifInvocation{{Successful: len(s.notes) == 0, Notes: s.notes}},
		ColumnKind:  "unicodeCodePoints",
	}
	out, err := encode(rest)
	if err != nil {
		return err
	}
	// The members of the run go on behind its results.
	_, err = io.WriteString(s.w, "\n],"+strings.TrimSpace(string(out))[1:]+"]}\n")
	return err
}

const (
	projectHome = "https://github.com/faultline-http/faultline"
	sarifHead   = `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"results":[`
)

func (s *SARIF) begin() error {
	if s.begun {
		return nil
	}
	s.begun = true
	_, err := io.WriteString(s.w, sarifHead)
	return err
}

func (s *SARIF) write(r sarifResult) error {
	before := ",\n"
	if !s.begun {
		before = "\n"
	}
	if err := s.begin(); err != nil {
		return err
	}
	out, err := encode(r)
	if err != nil {
		return err
	}
	_, err = io.WriteString(s.w, before+strings.TrimSpace(string(out)))
	return err
}

// result is one finding.
func (s *SARIF) result(ex *faultline.Exchange, d *faultline.Diagnosis, f *faultline.Finding) sarifResult {
	out := sarifResult{
		Rule: string(f.Cause.Slug), RuleIndex: s.rule(f), Level: "error", Message: sarifText{sarifMessage(f)},
		Locations:  []sarifLocation{{Physical: inputPlace(ex), Logical: []sarifLogical{{Name: logicalName(ex, d, f), Kind: "member"}}}},
		Properties: sarifProperties{f.WhoActs(), f.Strength.String(), f.Remedy.Applicability},
	}
	if f.Fingerprint != "" {
		out.Fingerprints = map[string]string{"faultline/v1": f.Fingerprint}
	}
	if s.o.Known != nil {
		out.Baseline = "new"
		if s.o.Known(f) {
			out.Baseline = "unchanged"
		}
	}
	if body := bodyOf(ex, f); body != nil && !f.At.Span.IsZero() {
		if index, ok := s.bodies.index(ex, f.At.Side, body); ok {
			out.Related = append(out.Related, sarifLocation{
				ID: 1, Message: &sarifText{"the bytes"}, Physical: &sarifPhysical{sarifArtifactRef{Index: &index}, regionOf(body, f.At.Span)},
			})
			out.Fixes = fixesOf(body, f, index)
		}
	}
	if f.Source.File != "" {
		out.Related = append(out.Related, sarifLocation{
			ID: 2, Message: &sarifText{"the contract says so"},
			Physical: &sarifPhysical{sarifArtifactRef{URI: fileURI(f.Source.File)}, &sarifRegion{StartLine: max(f.Source.Line, 1), StartColumn: f.Source.Column}},
		})
	}
	return out
}

// rule is the index of the finding's cause among the rules.
func (s *SARIF) rule(f *faultline.Finding) int {
	for i := range s.rules {
		if s.rules[i].ID == string(f.Cause.Slug) {
			return i
		}
	}
	title := f.Cause.Title
	if title == "" {
		title = string(f.Cause.Slug)
	}
	s.rules = append(s.rules, sarifRule{
		ID: string(f.Cause.Slug), Short: sarifText{title}, Help: projectHome + "/blob/main/causes/" + string(f.Cause.Slug) + ".md",
	})
	return len(s.rules) - 1
}

func sarifMessage(f *faultline.Finding) string {
	out := f.Message
	if f.Expected != "" {
		out += "; expected " + f.Expected
	}
	if f.Found != "" {
		out += "; found " + f.Found
	}
	if f.Remedy.Text != "" {
		out += "; fix: " + f.Remedy.Text
	}
	return Options{}.clean(out)
}

// inputPlace is where the exchange stands in the file that was read.
func inputPlace(ex *faultline.Exchange) *sarifPhysical {
	name := ex.Labels[faultline.LabelFile]
	if name == "" || name == "-" {
		name = "stdin"
	}
	place := &sarifPhysical{Artifact: sarifArtifactRef{URI: fileURI(name)}}
	if line, err := strconv.Atoi(ex.Labels[faultline.LabelLine]); err == nil && line > 0 {
		place.Region = &sarifRegion{StartLine: line}
	}
	return place
}

// fileURI is a file's name as a URI reference.
func fileURI(name string) string { return (&url.URL{Path: filepath.ToSlash(name)}).EscapedPath() }

// logicalName is the place in the call: "createOrder request body /items/0".
func logicalName(ex *faultline.Exchange, d *faultline.Diagnosis, f *faultline.Finding) string {
	operation := d.Operation
	if operation == "" {
		path, _ := maskTarget(ex.Request.Path())
		operation = ex.Request.Method + " " + path
	}
	place := f.At.Pointer
	if place == "" {
		place = f.At.Name
	}
	return Options{}.clean(strings.TrimSpace(operation + " " + f.At.Side.String() + " " + string(f.At.In) + " " + place))
}

// bodyOf is the body that a finding is about; nil if it is about something else.
func bodyOf(ex *faultline.Exchange, f *faultline.Finding) []byte {
	switch {
	case f.At.In != faultline.InBody:
		return nil
	case f.At.Side == faultline.RequestSide:
		return ex.Request.Body.Bytes()
	case ex.Response != nil:
		return ex.Response.Body.Bytes()
	}
	return nil
}

func regionOf(body []byte, span faultline.Span) *sarifRegion {
	start := min(max(span.Start, 0), len(body))
	n := min(max(span.End-start, 0), len(body)-start)
	return &sarifRegion{StartLine: span.Line, StartColumn: span.Column, Offset: &start, Length: &n}
}

// fixesOf is the remedy as a replacement of the bytes that it changes.
func fixesOf(body []byte, f *faultline.Finding, index int) []sarifFix {
	if len(f.Remedy.Patch) == 0 || f.At.Side != faultline.RequestSide {
		return nil
	}
	mended, err := tape.Apply(body, f.Remedy.Patch)
	if err != nil || string(mended) == string(body) || !utf8.Valid(mended) {
		return nil
	}
	start := 0
	for start < len(body) && start < len(mended) && body[start] == mended[start] {
		start++
	}
	for start > 0 && start < len(body) && !utf8.RuneStart(body[start]) {
		start--
	}
	end, to := len(body), len(mended)
	for end > start && to > start && body[end-1] == mended[to-1] {
		end, to = end-1, to-1
	}
	for end < len(body) && !utf8.RuneStart(body[end]) {
		end, to = end+1, to+1
	}
	n := end - start
	return []sarifFix{{
		Description: sarifText{fmt.Sprintf("%s (%s)", Options{}.clean(f.Remedy.Text), f.Remedy.Applicability)},
		Changes: []sarifChange{{
			Artifact:     sarifArtifactRef{Index: &index},
			Replacements: []sarifReplacement{{Deleted: sarifRegion{Offset: &start, Length: &n}, Inserted: sarifText{string(mended[start:to])}}},
		}},
	}}
}
