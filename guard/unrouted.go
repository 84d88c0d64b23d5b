package guard

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
)

// A Miss is what a front knows of a call that none of its services takes.
type Miss struct {
	Host  bool     // none has the host; else: none has the path on it
	Near  string   // the host, with the port that was sent, or the path that was probably meant; empty: none is near
	Known []string // the hosts or paths that services have
}

// StartUnrouted begins a call that belongs to no service, with a Call that is
// new or has ended, and refuses it. No contract is asked: it is nobody's call.
//
// RFC 9110, section 15.5.20: a gateway answers 421 to a host that it is not
// configured for.
func (g *Guard) StartUnrouted(c *Call, ex *faultline.Exchange, m Miss) (r *Refusal) {
	g.take(c, ex)
	defer c.caughtRefusal(&r, http.StatusNotFound)
	request := &(&faultline.Exchange{Request: ex.Request}).Own().Request // the front uses its memory again
	f, status := pathMiss(request, &m), http.StatusNotFound
	if m.Host {
		f, status = hostMiss(request, &m), http.StatusMisdirectedRequest
	}
	r = c.Refuse(status, "", "")
	f.Strength, f.Party, f.Retry = faultline.Proven, faultline.Client, "as sent it fails every time"
	f.Remedy.Applicability = faultline.Guess
	if m.Near != "" {
		f.Caret = "did you mean `" + m.Near + "`?"
		f.Expected = m.Near
		c.d.Corrected, c.d.Checked = rerouted(request, f.Remedy.Patch[0]), faultline.Guess
	}
	c.d.Findings = []faultline.Finding{f}
	c.d.Fingerprint = c.fingerprint(&f)
	return r
}

func hostMiss(r *faultline.Request, m *Miss) faultline.Finding {
	host := quoted(r.Host)
	f := faultline.Finding{
		Cause:    catalogued(trouble{slug: "route.wrong-host"}),
		At:       hostPlace(r),
		Message:  "no service of this gateway has the host `" + host + "`",
		Brief:    "no service has " + host,
		Expected: oneOf(m.Known),
		Found:    host,
		Remedy:   faultline.Remedy{Text: "send the request to a host that a service has, or add this one to the `hosts` of its service"},
	}
	if host == "" {
		f.Message, f.Brief, f.Found = "the request names no host, and the services of this gateway are told apart by it", "no host", "none"
	}
	if m.Near != "" {
		f.Brief = "`" + host + "` → `" + m.Near + "`"
		f.Remedy.Text = "send the request to `" + m.Near + "`"
		f.Remedy.Patch = []faultline.Edit{{Op: "replace", In: faultline.InHeader, Name: "Host", Value: m.Near}}
	}
	return f
}

// hostPlace is where the client said the host: a target in absolute form goes
// before the field (RFC 9112, section 3.2.2).
func hostPlace(r *faultline.Request) faultline.Location {
	if at := strings.Index(r.Target, "://"+r.Host); at > 0 && r.Target[0] != '/' {
		start := at + len("://")
		return faultline.Location{In: faultline.InTarget, Span: faultline.Span{Start: start, End: start + len(r.Host)}}
	}
	at := faultline.AtHeader("Host")
	at.Span = faultline.Span{End: len(r.Host)}
	return at
}

func pathMiss(r *faultline.Request, m *Miss) faultline.Finding {
	path := quoted(r.Path())
	at := faultline.AtPath("")
	if start := strings.Index(r.Target, r.Path()); path != "" && start >= 0 {
		at.Span = faultline.Span{Start: start, End: start + len(r.Path())}
	}
	f := faultline.Finding{
		Cause:    catalogued(trouble{slug: "route.gateway-no-match", title: "The gateway has no route for this request"}),
		At:       at,
		Message:  "no service of this gateway has the path `" + path + "`",
		Brief:    "no service has " + path,
		Expected: "a path below " + oneOf(m.Known),
		Found:    path,
		Remedy:   faultline.Remedy{Text: "send the request to a path that a service has, or add this one to the `paths` of its service"},
	}
	if m.Near != "" {
		f.Brief = "`" + path + "` → `" + m.Near + "`"
		f.Remedy.Text = "send the request to `" + m.Near + "`"
		f.Remedy.Patch = []faultline.Edit{{Op: "replace", In: faultline.InPath, Value: m.Near}}
	}
	return f
}

// rerouted is the request with another host or path; nil if it has a body, which
// was not read.
func rerouted(r *faultline.Request, e faultline.Edit) *faultline.Request {
	switch {
	case r.Method == http.MethodPost, r.Method == http.MethodPut, r.Method == http.MethodPatch,
		r.Header.Has("Content-Length"), r.Header.Has("Transfer-Encoding"), strings.Contains(r.Target, "://"):
		return nil
	}
	out := *r
	if e.In == faultline.InPath {
		out.Target = e.Value + strings.TrimPrefix(r.Target, r.Path())
		return &out
	}
	out.Host, out.Header = e.Value, slices.Clone(r.Header)
	for i := range out.Header {
		if strings.EqualFold(out.Header[i].Name, "Host") {
			out.Header[i].Value = e.Value
		}
	}
	return &out
}

// oneOf lists the first few of the names.
func oneOf(names []string) string {
	const most = 5
	text := strings.Join(names[:min(len(names), most)], ", ")
	if more := len(names) - most; more > 0 {
		text += fmt.Sprintf(" or one of %d more", more)
	}
	return text
}

// quoted bounds what a finding repeats of a host or path: clients may make them long.
func quoted(s string) string {
	const most = 120
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
