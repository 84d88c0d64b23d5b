package guard

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// Client is what the guard has to know about the receiver of its own answers.
type Client struct {
	Loopback bool   // it is on this machine
	Base     string // put before a slug to link to its page, if Problem.Base is empty; "": no links
}

// An Answer is a response that the guard makes itself. For HEAD the front
// sends the header alone.
type Answer struct {
	Status int
	Header faultline.Header
	Body   []byte
}

// maxAnswer bounds a document after indentation; the document itself keeps to
// the same bound.
const maxAnswer = 16 << 10

// policy forbids a browser everything but the page's own style: what stands in
// the page came over the wire.
const policy = "default-src 'none'; style-src 'unsafe-inline'"

// Answer makes the response for a refusal. The exchange that the sinks get is
// the one as of now, with this answer.
func (c *Call) Answer(r *Refusal, to Client) (out Answer) {
	defer c.caughtAnswer(&out, r.Status)
	if r.before != nil {
		if r.before.to == to {
			c.refused, c.action = true, r.Action
			return c.repeatAnswer(r.before)
		}
		r = c.refuseRequest()
	}
	c.refused, c.action, c.d = true, r.Action, r.Diagnosis
	if c.kept == nil {
		c.keep()
	}
	ex := c.kept
	c.redact()
	level := c.rules.detail(to)
	problem := c.problem(r, to, level)
	format, media := negotiate(ex.Request.Header.Values("Accept"))
	body := c.render(format, &problem, level, to)

	h := faultline.Header{
		{Name: "Content-Type", Value: media},
		{Name: "Cache-Control", Value: "no-store"},
		{Name: "Vary", Value: "Accept"},
		{Name: "X-Content-Type-Options", Value: "nosniff"},
		{Name: "Content-Security-Policy", Value: policy},
	}
	h = append(h, c.fields(r.Action, level)...)
	if problem.Type != "about:blank" {
		h = append(h, faultline.Field{Name: "Link", Value: "<" + linkTarget(problem.Type) + `>; rel="help"`})
	}
	h = append(h, r.Fields...)
	h = append(h, cors(ex.Request.Header.Value("Origin"), c.rules.opts.Problem.Origins, to.Loopback)...)
	h = append(h, faultline.Field{Name: "Content-Length", Value: strconv.Itoa(len(body))})
	ex.Response = &faultline.Response{Status: r.Status, Reason: http.StatusText(r.Status), Proto: "HTTP/1.1", Header: h, Body: faultline.NewBody(body)}
	if r.remember {
		before := &repeat{at: ex.Start, to: to, kept: *ex, d: c.d, instance: problem.Instance, masked: c.masked}
		before.kept.Labels = maps.Clone(ex.Labels) // this call's say more in the end
		c.rules.repeats.keep(r.sum, before)
	}
	return Answer{Status: r.Status, Header: h, Body: body}
}

// detail is the level that was configured, or the one that fits the receiver.
func (r *rules) detail(to Client) faultline.DetailLevel {
	switch {
	case r.opts.Problem.Detail != "":
		return r.opts.Problem.Detail
	case to.Loopback:
		return faultline.FullDetail
	}
	return faultline.SafeDetail
}

func (c *Call) problem(r *Refusal, to Client, level faultline.DetailLevel) faultline.Problem {
	base := c.rules.opts.Problem.Base
	if base == "" {
		base = to.Base
	}
	o := faultline.ProblemOptions{
		Base: base, Detail: level, Status: r.Status, Title: r.Title, Text: r.Detail,
		Instance: newInstance(c.kept.Start), ID: c.kept.ID, TraceID: traceID(c.kept.Request.Header),
	}
	if r.Action == faultline.ActionAnswered {
		o.Retry = gatewayRetry(c.kept)
		if f := c.kept.Failure; f != nil {
			o.Upstream = f.Text
		}
	}
	return c.d.Problem(o)
}

// gatewayRetry says what a caller may do after a 502 or 504: what the server
// never got can be sent again, and so can what does nothing twice.
func gatewayRetry(ex *faultline.Exchange) *faultline.ProblemRetry {
	yes := true
	retry := &faultline.ProblemRetry{Safe: unsent(ex) || faultline.Idempotent(ex.Request.Method), SameCanSucceed: &yes}
	retry.NeedsIdempotency = !retry.Safe
	return retry
}

func (c *Call) render(f format, p *faultline.Problem, level faultline.DetailLevel, to Client) []byte {
	switch f {
	case asXML:
		return problemXML(p)
	case asHTML:
		return problemHTML(p)
	case asText:
		return c.problemText(p, level)
	}
	return problemJSON(p, to.Loopback)
}

// problemJSON is indented for people on this machine: curl shows it as it is.
func problemJSON(p *faultline.Problem, indent bool) []byte {
	out := p.AppendJSON(make([]byte, 0, usualAnswer), indent)
	if indent && len(out) >= maxAnswer {
		out = p.AppendJSON(out[:0], false)
	}
	return append(out, '\n')
}

// usualAnswer is the room that a document of a few mistakes takes.
const usualAnswer = 2 << 10

// problemText is the terminal's picture where everything may be told, else the
// document in a few lines.
func (c *Call) problemText(p *faultline.Problem, level faultline.DetailLevel) []byte {
	var out bytes.Buffer
	if text := c.rules.opts.Problem.Text; text != nil && level == faultline.FullDetail && len(c.d.Findings) > 0 {
		if err := text(&out, c.kept, c.d); err == nil && out.Len() > 0 {
			return out.Bytes()
		}
		out.Reset()
	}
	out.WriteString(strconv.Itoa(p.Status) + " " + printable(p.Title) + "\n")
	if p.Detail != "" {
		out.WriteString(printable(p.Detail) + "\n")
	}
	for i := range p.Errors {
		out.WriteString("  " + string(p.Errors[i].Code) + ": " + printable(p.Errors[i].Detail) + "\n")
	}
	out.WriteString("id " + p.ID + "\n")
	return out.Bytes()
}

// printable escapes what could move a terminal's cursor or turn its text round.
func printable(s string) string {
	quoted := strconv.Quote(s)
	if len(quoted) == len(s)+2 {
		return s
	}
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(quoted[1 : len(quoted)-1])
}

// fields are the header fields by which the guard owns up to its own hand.
func (c *Call) fields(action string, level faultline.DetailLevel) faultline.Header {
	h := faultline.Header{{Name: "Faultline-Id", Value: c.id()}, {Name: "Faultline-Action", Value: action}}
	if f, ok := c.d.Primary(); ok && level != faultline.MinimalDetail {
		h = append(h, faultline.Field{Name: "Faultline-Cause", Value: string(f.Cause.Slug)})
	}
	return h
}

// linkTarget keeps a configured base from ending the field or the brackets.
func linkTarget(uri string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || r == '<' || r == '>' || r == '"' {
			return -1
		}
		return r
	}, uri)
}

// newInstance names this occurrence by a UUID of version 7 (RFC 9562, section 5.7).
func newInstance(at time.Time) string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails (crypto/rand)
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(at.UnixMilli()))
	copy(id[:6], ms[2:])
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	s := hex.EncodeToString(id[:])
	return "urn:uuid:" + s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// traceID reads the trace of the caller, if it sent one (W3C Trace Context,
// section 3.2).
func traceID(h faultline.Header) string {
	parts := strings.Split(h.Value("traceparent"), "-")
	if len(parts) < 4 || len(parts[1]) != 32 {
		return ""
	}
	if _, err := hex.DecodeString(parts[1]); err != nil {
		return ""
	}
	return parts[1]
}
