package causes

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/hop"
	"github.com/faultline-http/faultline/causes/internal/lexicon"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// hop is who answered, as far as the answer tells.
func (c *Case) hop() *hop.Reading {
	if !c.known.hop.done {
		c.known.hop.done = true
		if r := c.Exchange.Response; r != nil {
			a := hop.Answer{Status: r.Status, Header: r.Header, Text: c.heard().Text}
			if log := c.logWords(); log != "" {
				a.Text += " . " + lexicon.Fold(log)
			}
			if strings.Contains(c.ResponseType(), "html") || strings.HasPrefix(a.Text, "<") {
				a.Markup = c.ResponseBody()
			}
			c.known.hop.value = hop.Read(a)
		}
	}
	return &c.known.hop.value
}

// answerer is the name of who answered in the API's place; ok is false if the
// answer is rather the API's own.
func (c *Case) answerer() (name string, ok bool) {
	r := c.hop()
	switch {
	case r.Writer != nil && r.Writer.Name != "":
		return r.Writer.Name, r.Writer.Kind != hop.Origin
	case r.Last() == nil:
		return "", false
	case r.Way[len(r.Way)-1].Role == hop.Behind, slices.ContainsFunc(r.Way, func(s hop.Seen) bool { return s.System.Kind == hop.Origin }):
		return "", false
	case r.Writer != nil, c.bareAnswer():
		return r.Last().Name, true
	}
	return "", false
}

// bareAnswer reports whether the answer holds no more than the words of its
// status.
func (c *Case) bareAnswer() bool {
	switch strings.TrimSpace(c.Said()) {
	case "", "bad gateway", "gateway timeout", "gateway time-out", "service unavailable", "502 bad gateway", "504 gateway timeout", "504 gateway time-out", "502", "504", "error: bad gateway":
		return true
	}
	return false
}

// answerForm is the shape of the answer: "text/html, 157 bytes".
func (c *Case) answerForm() string {
	n := len(c.ResponseBody())
	switch {
	case n == 0 && (c.Exchange.Unseen.Any(faultline.UnseenResponseBody) || c.Exchange.Response.Body.Truncated):
		return "" // it was not shown, or not kept
	case n == 0:
		return "an empty answer"
	}
	if t := c.ResponseType(); t != "" {
		return fmt.Sprintf("%s, %d bytes", short(t), n)
	}
	if !c.answerShown() {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d bytes without a media type", n)
}

// signOfAPI is a field that the API always sends and this answer lacks: every
// call that succeeded has it, as far as such calls are known.
func (c *Case) signOfAPI() string {
	for _, f := range c.healthyFields() {
		low := strings.ToLower(f.Name)
		if c.Exchange.Response.Header.Has(f.Name) || ordinaryField(low) {
			continue
		}
		if c.alwaysSent(f.Name) {
			return low
		}
	}
	return ""
}

// healthyFields are the header fields of the nearest call that succeeded.
func (c *Case) healthyFields() faultline.Header {
	if c.Baseline != nil && c.Baseline.Response != nil {
		return c.Baseline.Response.Header
	}
	for _, ex := range slices.Backward(c.around()) {
		if c.healthyNeighbour(ex) {
			return ex.Response.Header
		}
	}
	return nil
}

// mostAround bounds the other calls that are looked at.
const mostAround = 100

func (c *Case) around() []*faultline.Exchange {
	return c.Around[max(0, len(c.Around)-mostAround):]
}

func (c *Case) healthyNeighbour(ex *faultline.Exchange) bool {
	return ex != c.Exchange && ex.Response != nil && ex.Response.Status >= 200 && ex.Response.Status < 300 && ex.Request.Host == c.Exchange.Request.Host
}

// alwaysSent reports whether no call of the API that succeeded lacks the field.
func (c *Case) alwaysSent(name string) bool {
	return !slices.ContainsFunc(c.around(), func(ex *faultline.Exchange) bool {
		return c.healthyNeighbour(ex) && !ex.Response.Header.Has(name)
	})
}

// ordinaryField reports whether any server may send a field or leave it out:
// only others are a sign of the API. Rate limits and caching vary by answer.
func ordinaryField(low string) bool {
	if strings.HasPrefix(low, "x-") {
		return strings.HasPrefix(low, "x-cache") || strings.HasPrefix(low, "x-ratelimit")
	}
	switch low {
	case "request-id", "x-request-id", "correlation-id", "trace-id":
		return false
	}
	return true
}

// path draws the way of the call, who answered and what became of the rest:
// client ──ok 2 ms──▶ nginx 203.0.113.9 ──refused──✗ API (no sign of it in the answer).
func (c *Case) path(name, broke string) faultline.Evidence {
	connected := ""
	if d := c.Exchange.Timing.Connect; d > 0 {
		connected = " " + span(d)
	}
	stops := append(c.before(name), name)
	stops[0] += c.peerAddress()
	way := "client ──ok" + connected + "──▶ " + strings.Join(stops, " ──▶ ") + " ──" + broke + "──✗ API"
	if c.answerShown() {
		way += " (no sign of it in the answer)"
	}
	return faultline.Evidence{Kind: faultline.Hops, Lines: []faultline.Line{{Text: way}}}
}

// answerShown reports whether the answer can be searched for signs of who wrote
// it: of a line of a log only the status is known.
func (c *Case) answerShown() bool {
	return !c.Exchange.Unseen.Any(faultline.UnseenResponseHeader)
}

// before are the systems that the call passed on its way to who answered.
func (c *Case) before(name string) []string {
	const most = 4
	var out []string
	for _, seen := range c.hop().Way {
		if n := seen.System.Name; n != name && seen.System.Kind != hop.Origin && len(out) < most {
			out = append(out, n)
		}
	}
	return out
}

// peerAddress is the address that the client was connected to, behind a space;
// empty if it is not known.
func (c *Case) peerAddress() string {
	if a := c.Exchange.Labels[faultline.LabelPeer]; a != "" && len(a) < 64 {
		return " " + a
	}
	if host := c.Exchange.Request.Host; addressLike(host) {
		return " " + withoutPort(host)
	}
	return ""
}

// addressLike reports whether a host is an address of IPv4 or IPv6, not a name.
func addressLike(host string) bool {
	if strings.HasPrefix(host, "[") {
		return true
	}
	return strings.Count(host, ".") == 3 && strings.Trim(host, "0123456789.:") == "" && len(host) > 6
}

// hopEvidence are the lines that all findings about gateways share: the way,
// what the answer shows of its writer, and the time.
func (c *Case) hopEvidence(name, broke, timing string) []faultline.Evidence {
	signs := slices.DeleteFunc([]string{c.hopSign(name), c.answerForm()}, func(s string) bool { return s == "" })
	if sign := c.signOfAPI(); sign != "" && c.answerShown() {
		signs = append(signs, "the API always sends "+sign+", this answer has none")
	}
	out := []faultline.Evidence{c.path(name, broke)}
	if len(signs) > 0 {
		facts := []faultline.Line{{Text: strings.Join(signs, " · ")}}
		out = append(out, faultline.Evidence{Kind: faultline.Fact, Title: "evidence", Lines: facts})
	}
	if timing != "" {
		out = append(out, faultline.Evidence{Kind: faultline.Fact, Title: "evidence", Lines: []faultline.Line{{Text: timing}}})
	}
	return out
}

func (c *Case) hopSign(name string) string {
	for _, seen := range c.hop().Way {
		if seen.System.Name == name {
			return short(seen.Sign)
		}
	}
	if via := c.Exchange.Response.Header.Value("Via"); via != "" {
		return "Via: " + short(via)
	}
	return ""
}

// saidOnPage quotes the words of the answer, of pages without their markup.
func (c *Case) saidOnPage() []faultline.Evidence {
	if own := c.serverWords(); len(own) > 0 {
		return own
	}
	if text := words.Plain(clip(c.ResponseBody(), maxQuoted)); text != "" {
		return []faultline.Evidence{said(c.withoutSecrets(titleOnce(text)))}
	}
	return nil
}

// titleOnce leaves out the title of a page whose heading says the same.
func titleOnce(text string) string {
	for n := min(len(text)/2, 80); n > 3; n-- {
		if text[n] == ' ' && strings.HasPrefix(text[n+1:], text[:n]) {
			return text[n+1:]
		}
	}
	return text
}

// ShowPath adds the way of the call to a finding whose answer is not the API's
// own, unless it is drawn there.
func ShowPath(c *Case, f *faultline.Finding) {
	if c.Status() < 400 || slices.ContainsFunc(f.Evidence, func(e faultline.Evidence) bool { return e.Kind == faultline.Hops }) {
		return
	}
	if name, ok := c.answerer(); ok {
		f.Evidence = slices.Insert(f.Evidence, 0, c.path(name, "answered here"))
	}
}

// repeatWords says whether the call may be sent again, by RFC 9110, section
// 9.2.2: reading may, and so may PUT and DELETE.
func (c *Case) repeatWords() string {
	switch c.Exchange.Request.Method {
	case "GET", "HEAD", "OPTIONS", "TRACE":
		return "safe, with a pause that grows"
	case "PUT", "DELETE":
		return "safe: the method may be repeated; pause longer each time"
	}
	if c.Exchange.Request.Header.Has("Idempotency-Key") {
		return "safe: the Idempotency-Key keeps it from being done twice"
	}
	return ""
}

// took is how long the answer took, if known.
func (c *Case) took() time.Duration {
	if d := c.Exchange.Timing.FirstByte; d > 0 {
		return d
	}
	return c.Exchange.Timing.Total
}
