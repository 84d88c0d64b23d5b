// Package challenge reads WWW-Authenticate and Proxy-Authenticate fields and
// the credentials that answer them (RFC 9110, section 11).
package challenge

import "strings"

// What a field may cost to read: a list of challenges is short, and what is
// longer is hostile.
const (
	maxField      = 16 << 10
	maxChallenges = 16
	maxParams     = 32
)

// A Challenge is one way in which a server lets itself be convinced, or, read
// from an Authorization field, the credential that a client sent.
type Challenge struct {
	Scheme  string // as it is spelt
	Token68 string // Negotiate oYGF…; empty if there are parameters
	Params  []Param
}

// A Param is one parameter, its value without quotes and escapes.
type Param struct{ Name, Value string }

// Is reports whether the challenge has the scheme; case does not matter.
func (c *Challenge) Is(scheme string) bool { return strings.EqualFold(c.Scheme, scheme) }

// Get returns the value of the first parameter with the name; case does not
// matter.
func (c *Challenge) Get(name string) string {
	for _, p := range c.Params {
		if strings.EqualFold(p.Name, name) {
			return p.Value
		}
	}
	return ""
}

// Parse reads the values of all fields of one name. Text that is no challenge
// is passed over: what stands behind it may still be one.
func Parse(fields ...string) []Challenge {
	var out []Challenge
	for _, field := range fields {
		if len(field) > maxField {
			field = field[:maxField]
		}
		p := parser{text: field}
		for len(out) < maxChallenges {
			c, ok := p.challenge()
			if !ok {
				break
			}
			out = append(out, c)
		}
	}
	return out
}

type parser struct {
	text string
	at   int
}

// challenge reads `scheme`, `scheme token68` or `scheme name=value, …`. A comma
// ends the challenge if what follows it is a token without "=".
func (p *parser) challenge() (Challenge, bool) {
	p.skip(", \t")
	for p.at < len(p.text) && !tokenChar(p.text[p.at]) {
		p.at++
	}
	c := Challenge{Scheme: p.token()}
	if c.Scheme == "" {
		return c, false
	}
	if p.at < len(p.text) && p.text[p.at] == '=' {
		// A parameter without a scheme before it: servers forget the scheme.
		p.at -= len(c.Scheme)
		c.Scheme = ""
	} else if !p.skip(" \t") {
		return c, true
	}
	if t := p.token68(); t != "" {
		c.Token68 = t
		return c, true
	}
	for len(c.Params) < maxParams {
		param, ok := p.param()
		if !ok {
			break
		}
		c.Params = append(c.Params, param)
	}
	return c, true
}

func (p *parser) param() (Param, bool) {
	start := p.at
	p.skip(", \t")
	name := p.token()
	p.skip(" \t")
	if name == "" || p.at == len(p.text) || p.text[p.at] != '=' {
		p.at = start
		return Param{}, false
	}
	p.at++
	p.skip(" \t")
	return Param{Name: name, Value: p.value()}, true
}

// value reads a quoted string or, more leniently than the grammar, everything
// up to the next comma or space.
func (p *parser) value() string {
	if p.at == len(p.text) || p.text[p.at] != '"' {
		start := p.at
		for p.at < len(p.text) && p.text[p.at] != ',' && p.text[p.at] != ' ' {
			p.at++
		}
		return p.text[start:p.at]
	}
	var b strings.Builder
	for p.at++; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == '"':
			p.at++
			return b.String()
		case c == '\\' && p.at+1 < len(p.text):
			p.at++
			b.WriteByte(p.text[p.at])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// token68 reads a token68 that stands alone: nothing but a comma or the end
// may follow it, else it is the name of a parameter.
func (p *parser) token68() string {
	i := p.at
	for i < len(p.text) && token68Char(p.text[i]) {
		i++
	}
	for i < len(p.text) && p.text[i] == '=' {
		i++
	}
	end := i
	for i < len(p.text) && (p.text[i] == ' ' || p.text[i] == '\t') {
		i++
	}
	if end == p.at || i < len(p.text) && p.text[i] != ',' {
		return ""
	}
	out := p.text[p.at:end]
	p.at = end
	return out
}

func (p *parser) token() string {
	start := p.at
	for p.at < len(p.text) && tokenChar(p.text[p.at]) {
		p.at++
	}
	return p.text[start:p.at]
}

func (p *parser) skip(chars string) bool {
	start := p.at
	for p.at < len(p.text) && strings.IndexByte(chars, p.text[p.at]) >= 0 {
		p.at++
	}
	return p.at > start
}

// tokenChar is RFC 9110, section 5.6.2.
func tokenChar(c byte) bool {
	return alphanumeric(c) || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

func token68Char(c byte) bool {
	return alphanumeric(c) || strings.IndexByte("-._~+/", c) >= 0
}

func alphanumeric(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}
