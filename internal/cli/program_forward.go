package cli

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/internal/config"
	"github.com/faultline-http/faultline/internal/proxy"
)

// forward is the forward proxy of the configuration; nil if there is none. Only
// this machine may use it: an open proxy serves attackers.
func (p *program) forward(c *config.Forward) (*proxy.Forward, error) {
	if !c.Enabled {
		return nil, nil
	}
	authority, _, err := p.app.openCA()
	if err != nil {
		return nil, err
	}
	f := &proxy.Forward{
		Leaf: authority.Leaf, Closed: closedBy(c, authority.Permits),
		Access: proxy.Access{Allow: c.Access.Allow, Deny: c.Access.Deny},
		Told:   func(e proxy.TunnelEvent) { p.say(e.Host + " is tunnelled, not looked into: " + e.Text) },
	}
	f.Guard.Problem.Text = problemText
	if len(f.Access.Allow) == 0 {
		f.Access.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	}
	return f, nil
}

// closedBy says why a host is tunnelled without a look inside; empty: it is not.
func closedBy(c *config.Forward, permitted func(host string) bool) func(string) string {
	return func(host string) string {
		within := func(pattern string) bool { return hostFits(pattern, host) }
		switch {
		case slices.ContainsFunc(c.Exclude, within):
			return "`forward.exclude` has it"
		case len(c.Only) > 0 && !slices.ContainsFunc(c.Only, within):
			return "it is not in `forward.only`"
		case !permitted(host):
			return "the local authority is not made for it"
		}
		return ""
	}
}

// hostFits reports whether a host is that of the pattern: `*.example.com` is
// every name below example.com.
func hostFits(pattern, host string) bool {
	if below, ok := strings.CutPrefix(pattern, "*"); ok {
		return len(host) > len(below) && strings.EqualFold(host[len(host)-len(below):], below)
	}
	return strings.EqualFold(pattern, host)
}
