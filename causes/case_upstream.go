package causes

import (
	"strings"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/hop"
)

// An upstream is why a gateway answered in the API's place, and how that is known.
type upstream struct {
	cause    faultline.Slug
	strength faultline.Strength
	name     string // of the gateway, "the gateway" if it is nobody known
	system   *hop.System
	said     bool           // the gateway tells, by words or by a status of its own
	hint     string         // what it says more exactly
	log      string         // the line of its log that says so
	doubt    faultline.Slug // what it may be as well
}

// atOnce is how fast a refusal is known: a connection is refused within one
// way there and back, so a second is generous.
const atOnce = time.Second

// slowest is how long an API may take before a broken answer looks like a
// timeout of the gateway: they are set to whole seconds.
const slowest = 2 * time.Second

// patience is the least that gateways wait by default (Heroku 30 s, Amazon 29 s,
// nginx 60 s): one that is down by itself answers sooner.
const patience = 28 * time.Second

// upstream finds out why a gateway answered in the API's place, if one did.
func (c *Case) upstream() *upstream {
	if !c.known.upstream.done {
		c.known.upstream.done = true
		c.known.upstream.value = c.findUpstream()
	}
	return &c.known.upstream.value
}

func (c *Case) findUpstream() upstream {
	status := c.Status()
	if t := c.hop().Tell; status < 500 && (status < 400 || t == nil || t.Vague || t.Cause.Family() != "gateway") || c.madeByUs() {
		return upstream{} // ngrok says with 404 that nobody is behind it
	}
	u := c.whoAnswered()
	if cause, words := c.logged(); cause != "" {
		u.cause, u.strength, u.said, u.log = cause, faultline.Likely, true, words
		return u
	}
	if t := c.hop().Tell; t != nil && c.believes(t) {
		u.byTell(t, c.took())
		return u
	}
	return c.unsaid(u)
}

// madeByUs: our own proxy says of itself what it met.
func (c *Case) madeByUs() bool {
	return c.Exchange.Response.Header.Has("Faultline-Action") && c.Exchange.Labels[faultline.LabelAction] == faultline.ActionBlocked
}

// whoAnswered names the gateway, known or not.
func (c *Case) whoAnswered() upstream {
	r := c.hop()
	u := upstream{name: "the gateway", system: r.Writer}
	if u.system == nil || u.system.Name == "" {
		u.system = r.Last()
	}
	if u.system != nil && u.system.Kind == hop.Origin {
		u.system = nil
	}
	if u.system != nil {
		u.name = u.system.Name
	} else if c.Exchange.Response.Header.Has("Faultline-Action") {
		u.name = "our own proxy"
	}
	return u
}

// believes reports whether words are about what is behind a gateway. An API
// speaks of its own database in the same words, with a 500.
func (c *Case) believes(t *hop.Tell) bool {
	if t.Cause.Family() != "gateway" {
		return true
	}
	if w := c.hop().Writer; w != nil && w.Name != "" {
		return true
	}
	return c.Status() > 501 || c.BodySays("proxy", "upstream", "gateway")
}

// byTell is what the words of the gateway mean, where time says more than they do.
func (u *upstream) byTell(t *hop.Tell, took time.Duration) {
	u.cause, u.strength, u.said, u.hint = t.Cause, faultline.Likely, true, t.Hint
	switch {
	case t.Slow != "" && took >= slowest:
		u.cause, u.doubt = t.Slow, t.Cause
	case t.Fast != "" && took > 0 && took < atOnce, t.Fast != "" && t.Slow != "" && took < slowest:
		u.cause, u.doubt = t.Fast, t.Cause
		u.strength = faultline.Possible
	}
}

// unsaid is for gateways that say no more than the status: then time is the witness.
func (c *Case) unsaid(u upstream) upstream {
	status, took := c.Status(), c.took()
	page := c.pageOfGateway()
	switch {
	case status == 520:
		u.cause, u.strength = "gateway.bad-response", faultline.Likely
	case status == 521, status == 523:
		u.cause, u.strength = "gateway.upstream-refused", faultline.Likely
	case status == 522, status == 524, status == 598, status == 599:
		u.cause, u.strength = "gateway.upstream-timeout", faultline.Likely
	case status == 525, status == 526:
		u.cause, u.strength = "gateway.upstream-tls", faultline.Likely
	case status == 530:
		u.cause, u.doubt = "gateway.upstream-dns", "gateway.no-upstream"
	case status == 504:
		u.cause, u.strength = "gateway.upstream-timeout", faultline.Likely
	case status == 503 && page && took >= patience:
		u.cause = "gateway.upstream-timeout"
	case status != 502:
	case took >= patience:
		u.cause, u.doubt = "gateway.upstream-timeout", "gateway.bad-response"
	case page && took > 0 && took < atOnce:
		u.cause, u.strength, u.doubt = "gateway.upstream-refused", faultline.Likely, "gateway.bad-response"
	case page && took < slowest:
		u.cause, u.doubt = "gateway.upstream-refused", "gateway.bad-response"
	default:
		// RFC 9110, section 15.6.3: 502 says that the answer of the server behind could not be used.
		u.cause, u.doubt = "gateway.bad-response", "gateway.upstream-refused"
	}
	return u
}

// pageOfGateway reports whether the words are the gateway's own, not those of
// an API that happens to stand behind a server with the same name.
func (c *Case) pageOfGateway() bool {
	r := c.hop()
	if r.Writer != nil && r.Writer.Kind != hop.Origin || c.bareAnswer() {
		return true
	}
	t := c.ResponseType()
	return r.Last() != nil && (t == "text/html" || t == "text/plain" || t == "") || c.BodySays("bad gateway") && len(c.ResponseBody()) < 200
}

// story is what a cause behind a gateway is called, and what mends it.
type story struct {
	message  string
	brief    string // behind the gateway's name
	broke    string // on the way from the gateway to the API
	expected string
	remedy   string // %s is the gateway
	steps    []faultline.Step
	retry    string // for calls that may not be repeated as they are
}

// behindGateway is the finding of a cause behind a gateway; none if it is another one.
func (c *Case) behindGateway(cause faultline.Slug, s *story) []faultline.Finding {
	if c.Status() < 400 || c.upstream().cause != cause {
		return nil
	}
	return []faultline.Finding{c.gatewayFinding(c.upstream(), s)}
}

// brokenFields are the fields in which gateways name what broke: Squid, RFC 9209, Linkerd, Vercel, ngrok.
var brokenFields = []string{"X-Squid-Error", "Proxy-Status", "L5d-Proxy-Error", "X-Vercel-Error", "Ngrok-Error-Code"}

func (c *Case) gatewayFinding(u *upstream, s *story) faultline.Finding {
	f := faultline.Finding{
		Strength: u.strength,
		At:       faultline.AtStatus(),
		Message:  s.message,
		Brief:    u.name + " " + s.brief,
		Expected: s.expected,
		Found:    "an answer of " + u.name,
		Remedy:   faultline.Remedy{Text: strings.ReplaceAll(s.remedy, "%s", u.name), Applicability: faultline.Guess, Steps: s.steps},
		Retry:    c.repeatWords(),
		Rank:     20,
	}
	for _, name := range brokenFields {
		if u.log == "" && c.Exchange.Response.Header.Has(name) {
			f.At = faultline.AtResponseHeader(name)
			break
		}
	}
	if f.Retry == "" {
		f.Retry = strings.ReplaceAll(s.retry, "%s", c.thing())
	}
	f.Evidence = c.hopEvidence(u.name, s.broke, c.timing(u, &f))
	if u.said && u.log == "" {
		f.Evidence = append(f.Evidence, c.saidOnPage()...)
	}
	if u.log != "" {
		f.Evidence = append(f.Evidence, faultline.Evidence{Kind: faultline.Fact, Title: "gateway's log", Lines: []faultline.Line{{Text: u.log}}})
	}
	if u.hint != "" {
		f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: u.hint})
	}
	if c.answerShown() {
		f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "server.exception", Why: "no API headers"})
	}
	f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "network.refused", Why: u.name + " answers"})
	if u.log == "" && (!u.said || u.strength < faultline.Likely) {
		f.Notes = append(f.Notes, c.settle(u))
		if u.doubt != "" && u.strength == faultline.Possible {
			f.Notes = append(f.Notes, faultline.Note{Label: "note", Text: "`" + string(u.doubt) + "` fits as well: the log tells the two apart"})
		}
	}
	return f
}

// timing says what the time tells, and rules out what it contradicts.
func (c *Case) timing(u *upstream, f *faultline.Finding) string {
	took := c.took()
	switch {
	case took <= 0:
		return ""
	case u.cause == "gateway.upstream-timeout":
		f.Brief = u.name + " gave up after " + span(took)
		if took < slowest {
			return "answered after " + span(took)
		}
		f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "gateway.upstream-refused", Why: span(took)})
		return "answered after " + span(took) + ": it waited, it was not refused"
	case u.cause == "gateway.upstream-refused" && took < atOnce:
		f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "gateway.upstream-timeout", Why: span(took)})
		return "answered in " + span(took) + ": refused at once, not timed out"
	case took < atOnce:
		f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "gateway.upstream-timeout", Why: span(took)})
		return "answered in " + span(took) + ": not timed out"
	}
	return "answered after " + span(took)
}

// settle names what would settle it: the words in the log of that very gateway.
func (c *Case) settle(u *upstream) faultline.Note {
	line, where := "", "its log"
	if u.system != nil {
		line = u.system.Line(u.cause)
		if u.system.Log.Where != "" {
			where = u.system.Log.Where
		}
	}
	if line == "" {
		line = commonLines[u.cause]
	}
	text := "on the gateway: " + line + " in " + where
	if now, _ := c.serverClock(); !now.IsZero() {
		text += " at " + clock(now)
	}
	return faultline.Note{Label: "settle it", Text: text}
}

// commonLines are what logs of gateways say that nothing more is known of.
var commonLines = map[faultline.Slug]string{
	"gateway.upstream-refused": "`connection refused`, with the address that it tried,",
	"gateway.upstream-timeout": "`timeout` or `deadline exceeded`, with the time that it waited,",
	"gateway.bad-response":     "`connection reset`, `EOF` or `malformed response`",
	"gateway.no-upstream":      "`no healthy upstream`, and the state of its health checks,",
	"gateway.upstream-dns":     "`no such host`, with the name that it looked up,",
	"gateway.upstream-tls":     "`certificate` or `handshake`",
}

// thing is what a write would have made, by the last word of its path.
func (c *Case) thing() string {
	path := strings.TrimSuffix(c.Exchange.Request.Path(), "/")
	word := path[strings.LastIndexByte(path, '/')+1:]
	for i := range len(word) {
		if ch := word[i] | 0x20; ch < 'a' || ch > 'z' {
			return "request"
		}
	}
	if len(word) > 3 && len(word) < 24 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "ies") {
		return word[:len(word)-1]
	}
	return "request"
}
