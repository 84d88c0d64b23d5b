package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// failure is what the client library said in lower case, for calls that got no
// answer.
func (c *Case) failure() (said string, broke bool) {
	if c.Exchange.Failure == nil || c.Exchange.Response != nil {
		return "", false
	}
	return c.failureWords(), true
}

// connectionFinding is the common part of findings about the connection.
func (c *Case) connectionFinding(s faultline.Strength, message, brief string) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtConnection(),
		Message:  message,
		Brief:    brief,
		Expected: "an answer from " + c.peer(),
		Found:    "no answer",
	}
	if said := c.Exchange.Failure; said != nil {
		f.Evidence = []faultline.Evidence{{Kind: faultline.Fact, Title: "client said", Lines: []faultline.Line{{Text: short(c.withoutSecrets(said.Text[:min(len(said.Text), maxAuthText)]))}}}}
	}
	return f
}

// peer is the other side of the connection, as the address names it.
func (c *Case) peer() string {
	if host := c.Exchange.Request.Host; host != "" {
		return short(host)
	}
	return "the server"
}

// local reports whether the call goes to the machine that it comes from.
func (c *Case) local() bool {
	host := strings.ToLower(withoutPort(c.Exchange.Request.Host))
	return host == "localhost" || strings.HasPrefix(host, "127.") || host == "[::1]" || strings.HasSuffix(host, ".localhost")
}
