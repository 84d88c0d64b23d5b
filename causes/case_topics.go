package causes

import (
	"strings"

	"github.com/faultline-http/faultline/causes/internal/lexicon"
)

// book holds the phrases of all rules. A rule keeps its own beside its code:
//
//	var saysRevoked = topic("revoked", "token ~ revoked", "session terminated")
//
// and asks c.says(saysRevoked). All phrases are looked for in one pass over the
// answer, so a phrase more costs nothing.
var book lexicon.Book

// topic adds a topic with its phrases; package lexicon says how they are written.
func topic(name string, phrases ...string) lexicon.Topic { return book.Topic(name, phrases...) }

// mostHeard bounds what is searched for phrases: a refusal is short, a page of
// a portal mentions everything somewhere.
const mostHeard = 4 << 10

// tellingFields are header fields in which servers say why they refuse.
var tellingFields = []string{
	"WWW-Authenticate", "Proxy-Authenticate", "X-Amzn-ErrorType", "X-Amzn-Remapped-WWW-Authenticate", "X-Ms-Diagnostics", "X-Error",
	"X-Error-Message", "X-Error-Code", "X-Ms-Error-Code", "X-Auth-Error", "Grpc-Message", "X-Reason", "Proxy-Status", "X-Vercel-Error",
	"X-Azure-Externalerror", "Ngrok-Error-Code", "L5d-Proxy-Error", "X-Render-Routing", "X-Squid-Error", "Warning",
}

// heard is what the server says of the call, in body and header fields.
func (c *Case) heard() *lexicon.Reading {
	if !c.known.heard.done {
		c.known.heard.done = true
		c.known.heard.value = book.Read(lexicon.Fold(c.toHear()))
	}
	return &c.known.heard.value
}

func (c *Case) toHear() string {
	if c.Exchange.Response == nil {
		return ""
	}
	text := c.plain()
	text = text[:min(len(text), mostHeard)]
	for _, name := range tellingFields {
		for _, v := range c.Exchange.Response.Header.Values(name) {
			if len(v) < mostHeard && len(text) < 2*mostHeard {
				text += " . " + v
			}
		}
	}
	return text
}

// says reports whether the server speaks of one of the topics, in the words of
// its answer or in a header field that is there to tell why.
func (c *Case) says(topics ...lexicon.Topic) bool { return c.heard().About(topics...) }

// clientSays reports whether the client's own error speaks of one of the topics.
func (c *Case) clientSays(topics ...lexicon.Topic) bool {
	return c.Exchange.Failure != nil && c.complained().About(topics...)
}

// complained is what the client says of the call.
func (c *Case) complained() *lexicon.Reading {
	if !c.known.complained.done {
		c.known.complained.done = true
		if f := c.Exchange.Failure; f != nil {
			text := f.Text[:min(len(f.Text), mostHeard)]
			c.known.complained.value = book.Read(lexicon.Fold(strings.ToValidUTF8(text, " ")))
		}
	}
	return &c.known.complained.value
}
