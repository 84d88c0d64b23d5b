package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/corsconf"
	"github.com/faultline-http/faultline/internal/fetch"
)

// policy is what the API should allow: what it allows now and what was asked.
func (c *Case) policy(v *corsView) corsconf.Policy {
	p := corsconf.Policy{Credentials: v.credentials}
	if o, ok := fetch.ParseOrigin(v.origin); ok {
		p.Origin = o.String()
	}
	r, resp := &c.Exchange.Request, c.Exchange.Response
	if resp != nil {
		p.Methods = members(resp.Header, "Access-Control-Allow-Methods")
		p.Headers = members(resp.Header, "Access-Control-Allow-Headers")
		p.Credentials = p.Credentials || resp.Header.Value("Access-Control-Allow-Credentials") == "true"
	}
	if v.method != "" {
		p.Methods = with(p.Methods, v.method)
	}
	for _, name := range members(r.Header, "Access-Control-Request-Headers") {
		p.Headers = with(p.Headers, name)
	}
	for _, w := range v.wrong {
		if w.Reason == fetch.HeaderRefused && w.Name != "" {
			p.Headers = with(p.Headers, w.Name)
		}
	}
	if !v.preflight {
		for _, name := range fetch.UnsafeNames(fetch.ScriptHeaders(r.Header)) {
			p.Headers = with(p.Headers, name)
		}
	}
	return p.Clean()
}

// members are the members of a list field, without "*": it is no name.
func members(h faultline.Header, name string) []string {
	var out []string
	for _, value := range h.Values(name) {
		for m := range strings.SplitSeq(value[:min(len(value), 4096)], ",") {
			if m = strings.TrimSpace(m); m != "" && m != "*" {
				out = with(out, m)
			}
		}
	}
	return out
}

func with(list []string, name string) []string {
	for _, have := range list {
		if strings.EqualFold(have, name) {
			return list
		}
	}
	if len(list) >= 50 {
		return list
	}
	return append(list, name)
}

// corsRemedy is what to answer: the fields as they are sent, and the same as
// configuration of the server that is recognised.
func (c *Case) corsRemedy(v *corsView, text, where string, fields []string) faultline.Remedy {
	r := faultline.Remedy{Text: text, Applicability: faultline.Guess}
	if len(fields) > 0 {
		r.Steps = append(r.Steps, faultline.Step{Text: where, Lines: strings.Join(fields, "\n")})
	}
	if strings.Contains(strings.Join(fields, ""), "<") {
		r.Applicability = faultline.Template
	}
	p := c.policy(v)
	if resp := c.Exchange.Response; resp != nil && p.Origin != "" {
		if s, ok := corsconf.Find(resp.Header); ok {
			r.Steps = append(r.Steps, faultline.Step{Text: "or, " + s.Where, Lines: s.Render(p)})
		}
	}
	return r
}

// allowedNow begins a list of which only the console is known: what else the
// API allows has to stay in it.
func (c *Case) allowedNow() string {
	if c.Exchange.Response != nil {
		return ""
	}
	return "<what is allowed now>, "
}

// answerWith is how the raw fields are introduced.
func (c *Case) answerWith(v *corsView) string {
	method, path := c.Exchange.Request.Method, shownPath(c.Exchange.Request.Path())
	if c.Exchange.Response == nil && v.told.URL != "" {
		r := faultline.Request{Target: v.told.URL}
		path = shownPath(r.Path())
	}
	if v.preflight {
		method = "OPTIONS"
	}
	if method == "" || path == "" {
		return "at the API, answer with"
	}
	return "at the API, answer " + method + " " + path + " with"
}

// allFields are the fields of an answer that allows the call.
func (c *Case) allFields(v *corsView) []string {
	p := c.policy(v)
	if p.Origin == "" {
		p.Origin = "<origin of the page>"
	}
	out := []string{"Access-Control-Allow-Origin: " + p.Origin}
	if v.preflight && len(p.Methods) > 0 {
		out = append(out, "Access-Control-Allow-Methods: "+strings.Join(p.Methods, ", "))
	}
	if v.preflight && len(p.Headers) > 0 {
		out = append(out, "Access-Control-Allow-Headers: "+strings.Join(p.Headers, ", "))
	}
	if p.Credentials {
		out = append(out, "Access-Control-Allow-Credentials: true")
	}
	return append(out, "Vary: Origin")
}
