package contract_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/race"
	"github.com/faultline-http/faultline/internal/yaml"
)

// fewestCases is how many cases the table has at least: none is lost unseen.
const fewestCases = 1000

// TestSemantics holds contracts to the text of the specifications: each case of
// testdata/semantics names the section that it follows and was written from
// that section, not from what the code does. The README there tells the format.
func TestSemantics(t *testing.T) {
	t.Parallel()
	groups := semantics(t)
	cases, runs := 0, 0
	for _, g := range groups {
		cases += len(g.cases)
		runs += len(g.cases) * len(g.versions)
		for _, version := range g.versions {
			t.Run(g.file+"/"+g.about+"/"+version, func(t *testing.T) {
				t.Parallel()
				g.run(t, version)
			})
		}
	}
	t.Logf("%d cases, %d with each version that they are true of", cases, runs)
	if cases < fewestCases {
		t.Errorf("got %d cases, want at least %d", cases, fewestCases)
	}
}

// A semanticsGroup is a contract with the cases that are held to it.
type semanticsGroup struct {
	file, about, follows string
	versions             []string
	node                 *yaml.Node
	cases                []semanticsCase
}

// A semanticsCase is one message and what the specification says of it.
type semanticsCase struct {
	name    string
	pos     yaml.Pos
	request *faultline.Request
	answer  *faultline.Response // judged instead of the request, if there is one

	valid    bool
	unjudged bool     // valid only since it cannot be judged, which is said
	want     []string // "kind at place", one for each violation
	text     string   // what the span of the first violation covers
	hasText  bool
	route    string // template that the request comes to; "none"
}

func (g *semanticsGroup) run(t *testing.T, version string) {
	c := g.contract(t, version)
	for i := range g.cases {
		sc := &g.cases[i]
		t.Run(sc.name, func(t *testing.T) { sc.run(t, c) })
	}
	if want := g.node.Get("notices"); want != nil {
		for _, item := range want.Items {
			if !slices.ContainsFunc(c.Notices(), func(n contract.Notice) bool { return strings.Contains(n.Text, item.Text) }) {
				t.Errorf("%s: no notice says %q: %+v", g.node.Pos, item.Text, c.Notices())
			}
		}
	}
}

func (sc *semanticsCase) run(t *testing.T, c *contract.Contract) {
	m := c.Match(sc.request.Method, sc.request.URL())
	template := "none"
	if m.Operation != nil {
		template = m.Operation.Template
	}
	if want := orElse(sc.route, template); template != want {
		t.Fatalf("%s: matched %s, want %s", sc.pos, template, want)
	}
	if m.Operation == nil {
		if sc.route == "" {
			t.Fatalf("%s: %s matches no operation", sc.pos, sc.request.Target)
		}
		return
	}
	if sc.route != "" && !sc.valid && len(sc.want) == 0 {
		return
	}
	sc.judge(t, m)
}

func (sc *semanticsCase) judge(t *testing.T, m contract.Match) {
	op := m.Operation
	valid, list := op.ValidRequest(sc.request, m.Params), op.ExplainRequest(sc.request, m.Params)
	reason := op.Unjudged(sc.request)
	if sc.answer != nil {
		valid, list = op.ValidResponse(sc.answer), op.ExplainResponse(sc.answer)
		reason = op.UnjudgedResponse(sc.answer)
	}
	if valid != (len(list) == 0) {
		t.Errorf("%s: valid is %v and explained are %+v", sc.pos, valid, list)
	}
	if sc.unjudged != (reason != "") {
		t.Errorf("%s: unjudged for the reason %q, want %v", sc.pos, reason, sc.unjudged)
	}
	var got []string
	for i := range list {
		got = append(got, kindNames[list[i].Kind]+" at "+placeOf(&list[i]))
	}
	if !slices.Equal(got, sc.want) {
		t.Errorf("%s: got %q, want %q\n%+v", sc.pos, got, sc.want, list)
		return
	}
	if !sc.hasText {
		return
	}
	if text := sc.covered(&list[0]); text != sc.text {
		t.Errorf("%s: the span %+v covers %q, want %q", sc.pos, list[0].At.Span, text, sc.text)
	}
}

// TestValidSemanticsAllocateNothing holds every valid request without a body to
// what is promised of good calls, whatever the style of its parameters.
func TestValidSemanticsAllocateNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	for _, g := range semantics(t) {
		c := g.contract(t, g.versions[0])
		for i := range g.cases {
			sc := &g.cases[i]
			if !sc.valid || sc.answer != nil || !sc.request.Body.Empty() || g.about == "content of a form" { // whose pairs are encoded twice: one copy
				continue
			}
			got := testing.AllocsPerRun(20, func() {
				m := c.Match(sc.request.Method, sc.request.Target)
				m.Operation.ValidRequest(sc.request, m.Params)
			})
			if got != 0 {
				t.Errorf("%s: %v allocations, want 0", sc.pos, got)
			}
		}
	}
}

// kindNames are the words of the table for the kinds.
var kindNames = map[contract.Kind]string{
	contract.Missing: "missing", contract.Unknown: "unknown", contract.Type: "type", contract.Value: "value", contract.Null: "null",
	contract.Syntax: "syntax", contract.Duplicate: "duplicate", contract.Serialization: "serialization",
	contract.BodyMissing: "body missing", contract.MediaTypeMissing: "media type missing", contract.MediaType: "media type",
	contract.Coding: "coding", contract.Credential: "credential", contract.Status: "status", contract.NotAcceptable: "not acceptable",
}

// placeOf is the place of a violation in the words of the table: the part, the
// name and the pointer.
func placeOf(v *contract.Violation) string {
	out := string(v.At.In)
	if v.At.Side == faultline.ResponseSide {
		out = "response " + out
	}
	if v.At.Name != "" {
		out += " " + v.At.Name
	}
	if v.At.Pointer != "" {
		out += " " + v.At.Pointer
	}
	return out
}

// covered is the text that the span of a violation covers in its part.
func (sc *semanticsCase) covered(v *contract.Violation) string {
	header, body := sc.request.Header, sc.request.Body
	if v.At.Side == faultline.ResponseSide {
		header, body = sc.answer.Header, sc.answer.Body
	}
	part := sc.request.Target
	switch v.At.In {
	case faultline.InBody:
		part = string(body.Bytes())
	case faultline.InHeader:
		part = header.Value(v.At.Name)
	case faultline.InCookie:
		part = header.Value("Cookie")
	}
	if v.At.Span.Start > v.At.Span.End || v.At.Span.End > len(part) {
		return fmt.Sprintf("outside of %q", part)
	}
	return part[v.At.Span.Start:v.At.Span.End]
}
