package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
)

const (
	// mostFindings are shown unless all are wanted: who fixes eight things
	// sends the request again before reading on.
	mostFindings = 8

	// asideColumn is where remarks at the end of a line stand, so that they
	// are found below each other; a longer line pushes its own on by a step.
	asideColumn = 55
	asideStep   = 10

	// labelWidth is the room for the labels of the last lines: fix, retry, more.
	labelWidth = 7
)

// text draws one diagnosis.
type text struct {
	p  *printer
	ex *faultline.Exchange
	d  *faultline.Diagnosis

	blocky bool // the fix has lines of its own: what follows stands in their column
}

// Text writes a diagnosis for people: what happened, who has to act, each
// finding with its place, what to do.
func Text(w io.Writer, ex *faultline.Exchange, d *faultline.Diagnosis, o Options) error {
	t := &text{p: newPrinter(w, o), ex: ex, d: d}
	if len(d.Findings) == 0 && !d.Failed {
		t.healthy()
		t.evidence(d.About)
		return t.p.flush()
	}
	t.headline()
	if len(d.Findings) == 0 {
		t.unexplained()
		return t.p.flush()
	}
	t.who()
	t.about()
	for i := range t.findingsShown() {
		t.p.blank()
		t.finding(&d.Findings[i])
	}
	t.hidden()
	if len(d.Findings) > 1 {
		t.p.blank()
	}
	t.advice()
	return t.p.flush()
}

// about is what a piece of a call says by itself.
func (t *text) about() {
	if len(t.d.About) > 0 {
		t.p.blank()
		t.evidence(t.d.About)
	}
}

func (t *text) findingsShown() []faultline.Finding {
	if t.p.o.All {
		return t.d.Findings
	}
	return t.d.Findings[:min(len(t.d.Findings), mostFindings)]
}

// hidden counts the findings that are not shown.
func (t *text) hidden() {
	rest := len(t.d.Findings) - len(t.findingsShown())
	switch {
	case rest+t.d.More == 0:
	case rest > 0:
		t.p.blank()
		t.p.wrapped(0, say("and "+plural(rest+t.d.More, "finding")+" more: --all shows them"))
	default:
		t.p.blank()
		t.p.wrapped(0, say("and "+plural(t.d.More, "finding")+" more, counted only"))
	}
}

// call is what was called, as headlines and tables name it.
func (t *text) call() []piece {
	method, path := t.ex.Request.Method, t.ex.Request.Path()
	if method == "" && path == "" && t.ex.Request.Host != "" {
		method, path = "to", t.ex.Request.Host // the client got no further than the connection
	}
	if method == "" {
		method = "-"
	}
	if path == "" {
		path = "-"
	}
	out := []piece{say(method + " " + shorten(path, maxPath) + t.browserDoes())}
	switch input := t.ex.Labels[faultline.LabelInput]; input {
	case "":
	case faultline.InputBody:
		out = []piece{say("an " + input)}
	default:
		out = []piece{say("a " + input)}
	}
	if t.d.Operation != "" && t.d.Operation != method+" "+path {
		out = append(out, say("  "+t.d.Operation))
	}
	if id := t.id(); id != "" {
		link := ""
		if t.p.o.Page != "" {
			link = t.pageLink()
		}
		out = append(out, say("  "), piece{text: id, ink: cyan, link: link})
	}
	return out
}

// maxPath bounds a path in a headline. A whole one is in the excerpt of the
// findings that are about it.
const maxPath = 300

func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "…"
}

func (t *text) id() string {
	if t.d.Exchange != "" {
		return t.d.Exchange
	}
	return t.ex.ID
}

func (t *text) pageLink() string { return strings.TrimSuffix(t.p.o.Page, "/") + "/x/" + t.id() }

func (t *text) headline() {
	code := fmt.Sprintf("%-5s", t.code())
	t.p.wrapped(2, append([]piece{{text: "✗", ink: redBold}, say(" " + code)}, t.call()...)...)
}

// code is what came back: a status, or what stood in its place.
func (t *text) code() string {
	if f, ok := t.d.Primary(); ok && f.Cause.Slug.Family() == "cors" {
		return "CORS"
	}
	return statusCode(t.ex)
}

// statusCode is the status, ERR if the call broke before there was one, ? if
// there was one that the input does not show, and - for a request of which
// nothing more is known: it may not have been sent yet.
func statusCode(ex *faultline.Exchange) string {
	switch {
	case ex.Response == nil && ex.Failure == nil:
		return "-"
	case ex.Response != nil && ex.Unseen.Any(faultline.UnseenStatus):
		return "?"
	case ex.Response == nil || ex.Response.Status == 0:
		return "ERR"
	}
	return strconv.Itoa(ex.Response.Status)
}

func (t *text) who() {
	f := &t.d.Findings[0]
	party := f.WhoActs()
	line := []piece{say("  who  the "), {text: string(party), ink: inkOf(party)}, say(" (" + f.Strength.String() + ")")}
	for _, more := range []string{t.mistakes(), t.scriptSees(), t.p.o.Seen, t.contractNamed()} {
		if more != "" {
			line = append(line, say(" · "+more))
		}
	}
	t.p.wrapped(7, line...)
}

// mistakes counts the findings, if there are several.
func (t *text) mistakes() string {
	n := len(t.d.Findings) + t.d.More
	if n < 2 {
		return ""
	}
	if t.d.Findings[0].Strength == faultline.Possible {
		return fmt.Sprintf("%d possibilities", n)
	}
	first := t.d.Findings[0].At
	where := map[faultline.Part]string{
		faultline.InBody: "body", faultline.InHeader: "headers", faultline.InQuery: "query", faultline.InPath: "path", faultline.InCookie: "cookies",
	}[first.In]
	if first.Side == faultline.ResponseSide {
		where = "answer"
	}
	for _, f := range t.d.Findings[1:] {
		switch {
		case f.At.Side != first.Side:
			where = "call"
		case f.At.In != first.In && first.Side == faultline.RequestSide && where != "call":
			where = "request"
		}
	}
	if where == "" {
		return plural(n, "finding")
	}
	return fmt.Sprintf("%d mistakes in the %s", n, where)
}

// contractNamed names the contract if a finding rests on it.
func (t *text) contractNamed() string {
	if t.d.Contract == "" {
		return ""
	}
	for i := range t.d.Findings {
		if t.d.Findings[i].Source.File != "" {
			return "contract " + t.d.Contract
		}
	}
	return ""
}

func (t *text) healthy() {
	line := append([]piece{{text: "ok", ink: green}, say(" " + fmt.Sprintf("%-5s", statusCode(t.ex)))}, t.call()...)
	switch {
	case t.d.Unverified != "":
		line = append(line, say("  not held to the contract: "+t.d.Unverified))
	case t.d.Contract != "":
		line = append(line, say("  keeps the contract "+t.d.Contract))
	default:
		line = append(line, say("  nothing wrong found"))
	}
	t.p.wrapped(2, line...)
}

// unexplained is an honest answer: what was looked at, and what would help.
func (t *text) unexplained() {
	line := []piece{say("  who  not known")}
	if t.d.Contract != "" {
		line = append(line, say(" · contract "+t.d.Contract))
	}
	t.p.wrapped(7, line...)
	t.about()
	if t.ex.Labels[faultline.LabelInput] == faultline.InputStatus {
		t.p.blank()
		t.p.wrapped(7, say("note   a status alone does not tell the cause: paste the answer, or the output of `curl -v`"))
		return
	}
	t.p.blank()
	t.p.wrapped(2, piece{text: "error", ink: redBold}, say("[unexplained]: the call failed, and no cause of the catalogue fits what was seen"))
	for _, looked := range t.d.Looked {
		t.p.wrapped(16, say(factIndent+"looked at  "+looked))
	}
	t.serverSaid()
	if t.d.Unverified != "" {
		t.labelled("note", plain, "not held to the contract: "+t.d.Unverified)
	}
	t.notShown()
	if t.d.Contract == "" {
		t.labelled("note", plain, noContract)
	}
}
