package report

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/curlcmd"
)

// schemaName is the name of the JSON shape. Members are added to it, never
// renamed or removed.
const schemaName = "diagnosis/1"

type diagnosisJSON struct {
	Schema      string          `json:"schema"`
	ID          string          `json:"id"`
	Operation   string          `json:"operation"`
	Party       faultline.Party `json:"party"`
	Strength    string          `json:"strength"`
	Fingerprint string          `json:"fingerprint"`
	Failed      bool            `json:"failed"`
	Status      int             `json:"status,omitempty"`
	Method      string          `json:"method,omitempty"`
	Path        string          `json:"path,omitempty"`
	Findings    []findingJSON   `json:"findings"`
	More        int             `json:"more,omitempty"`
	Contract    string          `json:"contract,omitempty"`
	Unverified  string          `json:"unverified,omitempty"`
	RuledOut    []rivalJSON     `json:"ruled_out,omitempty"`
	Corrected   *correctedJSON  `json:"corrected,omitempty"`
	Looked      []string        `json:"looked_at,omitempty"`
	Unseen      []string        `json:"unseen,omitempty"` // parts of the call that the input does not show
	Input       string          `json:"input,omitempty"`  // "token", "status", "error body": no whole call
	About       []evidenceJSON  `json:"about,omitempty"`
	Ranking     []standingJSON  `json:"ranking,omitempty"`
}

type findingJSON struct {
	Cause    faultline.Slug  `json:"cause"`
	Title    string          `json:"title,omitempty"`
	Party    faultline.Party `json:"party"`
	Strength string          `json:"strength"`
	At       atJSON          `json:"at"`
	Expected string          `json:"expected"`
	Found    string          `json:"found"`
	Message  string          `json:"message"`
	Brief    string          `json:"brief,omitempty"`
	Fault    string          `json:"fault,omitempty"` // of a message that is not well-formed HTTP
	Hint     string          `json:"hint,omitempty"`
	Source   *sourceJSON     `json:"source,omitempty"`
	Remedy   remedyJSON      `json:"remedy"`
	Retry    string          `json:"retry,omitempty"`
	Notes    []noteJSON      `json:"notes,omitempty"`
	Evidence []evidenceJSON  `json:"evidence,omitempty"`
	RuledOut []rivalJSON     `json:"ruled_out,omitempty"`

	Fingerprint string `json:"fingerprint,omitempty"`
}

// atJSON has a pointer for each place in a body: the empty one is the whole body.
type atJSON struct {
	Side    string         `json:"side"`
	In      faultline.Part `json:"in"`
	Name    string         `json:"name,omitempty"`
	Pointer *string        `json:"pointer,omitempty"`
	Span    *spanJSON      `json:"span,omitempty"`
}

type spanJSON struct {
	Start  int `json:"start"`
	End    int `json:"end"`
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
}

type sourceJSON struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

type remedyJSON struct {
	Text          string                  `json:"text"`
	Applicability faultline.Applicability `json:"applicability,omitempty"`
	Patch         []editJSON              `json:"patch"`
	Steps         []stepJSON              `json:"steps,omitempty"`
}

// editJSON is an operation of JSON Patch in a body. Elsewhere in and name say
// what is edited, and value is its text.
type editJSON struct {
	Op    string          `json:"op"`
	In    faultline.Part  `json:"in,omitempty"`
	Name  string          `json:"name,omitempty"`
	From  string          `json:"from,omitempty"`
	Path  *string         `json:"path,omitempty"`
	Value json.RawMessage `json:"value,omitempty"`
}

type stepJSON struct {
	Text    string `json:"text"`
	Command string `json:"command,omitempty"`
	Lines   string `json:"lines,omitempty"`
}

type standingJSON struct {
	Cause    faultline.Slug `json:"cause"`
	Strength string         `json:"strength"`
	Before   string         `json:"before_the_next_since,omitempty"`
}

type noteJSON struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

type rivalJSON struct {
	Cause faultline.Slug `json:"cause"`
	Why   string         `json:"why,omitempty"`
}

type evidenceJSON struct {
	Kind  string     `json:"kind"`
	Title string     `json:"title,omitempty"`
	Lines []lineJSON `json:"lines"`
}

type lineJSON struct {
	Text string    `json:"text"`
	Span *spanJSON `json:"span,omitempty"`
	Note string    `json:"note,omitempty"`
}

type correctedJSON struct {
	Applicability faultline.Applicability `json:"applicability,omitempty"`
	Curl          string                  `json:"curl"`
}

type unreadableContent struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Line    int    `json:"line,omitempty"`
}

func diagnosisOf(ex *faultline.Exchange, d *faultline.Diagnosis) diagnosisJSON {
	out := diagnosisJSON{
		Schema: schemaName, ID: d.Exchange, Operation: d.Operation, Fingerprint: d.Fingerprint, Failed: d.Failed || len(d.Findings) > 0,
		Method: ex.Request.Method, Findings: []findingJSON{}, More: d.More, Contract: d.Contract, Unverified: d.Unverified,
		RuledOut: rivals(d.RuledOut), Looked: d.Looked, Unseen: ex.Unseen.Names(), Input: ex.Labels[faultline.LabelInput],
	}
	for _, e := range d.About {
		out.About = append(out.About, evidenceOf(e))
	}
	if out.ID == "" {
		out.ID = ex.ID
	}
	if ex.Response != nil {
		out.Status = ex.Response.Status
	}
	out.Path, _ = maskTarget(ex.Request.Path())
	if f, ok := d.Primary(); ok {
		out.Party, out.Strength = f.WhoActs(), f.Strength.String()
	}
	for i := range d.Ranking {
		s := &d.Ranking[i]
		out.Ranking = append(out.Ranking, standingJSON{s.Cause, s.Strength.String(), s.Before})
	}
	for i := range d.Findings {
		out.Findings = append(out.Findings, findingOf(&d.Findings[i]))
	}
	if d.Corrected != nil {
		out.Corrected = &correctedJSON{d.Checked, curlcmd.Command(d.Corrected, curlcmd.Style{})}
	}
	return out
}

func findingOf(f *faultline.Finding) findingJSON {
	out := findingJSON{
		Cause: f.Cause.Slug, Title: f.Cause.Title, Party: f.WhoActs(), Strength: f.Strength.String(), At: atOf(f),
		Expected: f.Expected, Found: f.Found, Message: f.Message, Brief: f.Brief, Fault: f.Detail.Fault, Hint: f.Caret,
		Remedy: remedyOf(&f.Remedy), Retry: f.Retry, RuledOut: rivals(f.RuledOut), Fingerprint: f.Fingerprint,
	}
	if f.Source.File != "" {
		out.Source = &sourceJSON{f.Source.File, f.Source.Line, f.Source.Column}
	}
	for _, n := range f.Notes {
		out.Notes = append(out.Notes, noteJSON{n.Label, strings.ReplaceAll(n.Text, "\t", "  ")})
	}
	for _, e := range f.Evidence {
		out.Evidence = append(out.Evidence, evidenceOf(e))
	}
	return out
}

// atOf points at where a missing member should be, so that the place of a
// missing thing and of a wrong one are written alike.
func atOf(f *faultline.Finding) atJSON {
	at := atJSON{Side: f.At.Side.String(), In: f.At.In, Name: f.At.Name, Span: spanOf(f.At.Span)}
	if f.At.In == faultline.InBody || f.At.Pointer != "" {
		pointer := f.At.Pointer
		if step := "/" + faultline.EscapePointer(f.Detail.Field); f.Missing() && !strings.HasSuffix(pointer, step) {
			pointer += step
		}
		at.Pointer = &pointer
	}
	return at
}

func spanOf(s faultline.Span) *spanJSON {
	if s.IsZero() {
		return nil
	}
	return &spanJSON{s.Start, s.End, s.Line, s.Column}
}

func remedyOf(r *faultline.Remedy) remedyJSON {
	out := remedyJSON{Text: r.Text, Applicability: r.Applicability, Patch: []editJSON{}}
	for _, e := range r.Patch {
		out.Patch = append(out.Patch, editOf(e))
	}
	for _, s := range r.Steps {
		out.Steps = append(out.Steps, stepJSON{s.Text, s.Command, s.Lines})
	}
	return out
}

func editOf(e faultline.Edit) editJSON {
	out := editJSON{Op: e.Op, Name: e.Name, From: e.From}
	body := e.In == "" || e.In == faultline.InBody
	if body {
		path := e.Path
		out.Path = &path
	} else {
		out.In = e.In
	}
	if !slices.Contains([]string{"add", "replace"}, e.Op) {
		return out
	}
	if body && json.Valid([]byte(e.Value)) {
		out.Value = json.RawMessage(e.Value)
		return out
	}
	out.Value, _ = json.Marshal(e.Value) // a string always marshals
	return out
}

func rivals(all []faultline.Rival) []rivalJSON {
	var out []rivalJSON
	for _, r := range all {
		out = append(out, rivalJSON{r.Slug, r.Why})
	}
	return out
}

var evidenceKinds = [...]string{faultline.Excerpt: "excerpt", faultline.Fact: "fact", faultline.Hops: "hops"}

func evidenceOf(e faultline.Evidence) evidenceJSON {
	out := evidenceJSON{Kind: evidenceKinds[e.Kind], Title: e.Title, Lines: []lineJSON{}}
	for _, l := range e.Lines {
		out.Lines = append(out.Lines, lineJSON{l.Text, spanOf(l.Span), l.Note})
	}
	return out
}
