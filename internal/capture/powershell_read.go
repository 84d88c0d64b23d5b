package capture

import (
	"regexp"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// psReader walks through a script statement by statement.
type psReader struct {
	text  string
	at    int
	vars  map[string]psValue
	depth int // of tables in tables
	lines tally
}

var psCommand = regexp.MustCompile(`(?i)^[ \t]*(?:PS [^\n>]*> *)?(?:\$\w+ *= *)?\(?(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)[ \t]+`)

// next returns the next call; nil and no error at the end. Assignments on the
// way are remembered.
func (p *psReader) next() (*faultline.Exchange, error) {
	for p.at < len(p.text) {
		rest := p.text[p.at:]
		if at := psCommand.FindStringIndex(rest); at != nil {
			line := p.lines.line(p.text, p.at)
			p.at += at[1]
			return p.call(line)
		}
		if m := psAssignment.FindStringSubmatch(rest); m != nil {
			p.at += len(m[0])
			value := p.value()
			if m[2] == "" {
				p.vars[strings.ToLower(m[1])] = value
			}
		}
		end := strings.IndexByte(p.text[min(p.at, len(p.text)):], '\n')
		if end < 0 {
			p.at = len(p.text)
			break
		}
		p.at += end + 1
	}
	return nil, nil
}

func (p *psReader) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *psReader) blanks() {
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\t' || p.text[p.at] == '\r') {
		p.at++
	}
}

// parameter reads `-Name value`, or a value that stands by itself. A backtick
// was a space and a line end: then the next line goes on.
func (p *psReader) parameter() (name string, value psValue, ok bool) {
	p.blanks()
	if p.peek() == '\n' && strings.HasSuffix(strings.TrimRight(p.text[:p.at], "\r"), " ") {
		p.at++
		p.blanks()
	}
	switch c := p.peek(); {
	case c == 0 || c == '\n' || c == ';' || c == '|' || c == ')':
		return "", psValue{}, false
	case c == '-' && p.at+1 < len(p.text) && isLetter(p.text[p.at+1]):
		name = strings.ToLower(strings.TrimSuffix(p.bare()[1:], ":"))
		switch name {
		case "usebasicparsing", "skipcertificatecheck", "passthru", "verbose", "allowunencryptedauthentication", "disablekeepalive", "skiphttperrorcheck":
			return name, psValue{}, true
		}
		p.blanks()
		if next := p.peek(); next == '-' || next == '\n' || next == 0 {
			return name, psValue{}, true // a switch
		}
		return name, p.value(), true
	}
	return "", p.value(), true
}

// bare reads up to the next blank.
func (p *psReader) bare() string {
	start := p.at
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n;|)}", p.text[p.at]) < 0 {
		p.at++
	}
	if p.at == start && p.at < len(p.text) {
		p.at++ // a bracket by itself: go on behind it
	}
	return p.text[start:p.at]
}

func (p *psReader) value() psValue {
	p.blanks()
	rest := p.text[p.at:]
	switch {
	case strings.HasPrefix(rest, "@{"):
		return p.table()
	case strings.HasPrefix(rest, "@\"") || strings.HasPrefix(rest, "@'"):
		return p.hereString()
	case strings.HasPrefix(rest, `"`), strings.HasPrefix(rest, "'"):
		return psValue{text: p.quoted()}
	case strings.HasPrefix(rest, "$"):
		name := strings.ToLower(p.bare()[1:])
		if v, known := p.vars[name]; known {
			return v
		}
		return psValue{text: "$" + name, open: true}
	case strings.HasPrefix(rest, "("):
		return p.expression()
	}
	return psValue{text: p.bare()}
}

// expression skips (…), which is not run.
func (p *psReader) expression() psValue {
	start, depth := p.at, 0
	for p.at < len(p.text) {
		switch c := p.text[p.at]; c {
		case '(':
			depth++
		case ')':
			depth--
		case '"', '\'':
			p.quoted()
			continue
		}
		p.at++
		if depth == 0 {
			break
		}
	}
	return psValue{text: p.text[start:min(p.at, len(p.text))], open: true}
}

// quoted reads a string. In double quotes a backtick escapes and $name is put in.
func (p *psReader) quoted() string {
	quote := p.text[p.at]
	p.at++
	var out strings.Builder
	for p.at < len(p.text) {
		c := p.text[p.at]
		p.at++
		switch {
		case c == quote && p.peek() == quote:
			out.WriteByte(quote)
			p.at++
		case c == quote:
			return out.String()
		case c == '`' && quote == '"' && p.at < len(p.text):
			out.WriteString(psEscape(p.text[p.at]))
			p.at++
		case c == '$' && quote == '"':
			out.WriteString(p.inString())
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}

func psEscape(c byte) string {
	switch c {
	case 'n':
		return "\n"
	case 'r':
		return "\r"
	case 't':
		return "\t"
	case '0':
		return "\x00"
	}
	return string(c)
}

// inString puts a variable into a string if the script itself set it.
func (p *psReader) inString() string {
	end := p.at
	for end < len(p.text) && (isLetter(p.text[end]) || '0' <= p.text[end] && p.text[end] <= '9' || p.text[end] == '_') {
		end++
	}
	name := p.text[p.at:end]
	p.at = end
	if v, known := p.vars[strings.ToLower(name)]; known && !v.table && !v.open && len(v.text) <= maxVariable {
		return v.text
	}
	return "$" + name
}

func (p *psReader) hereString() psValue {
	quote := p.text[p.at+1 : p.at+2]
	rest := p.text[p.at+2:]
	first := strings.IndexByte(rest, '\n')
	if first < 0 {
		p.at = len(p.text)
		return psValue{}
	}
	body := rest[first+1:]
	end := strings.Index(body, "\n"+quote+"@")
	if end < 0 {
		p.at = len(p.text)
		return psValue{text: body}
	}
	p.at += 2 + first + 1 + end + 3
	return psValue{text: strings.TrimSuffix(body[:end], "\r")}
}

// table reads @{ "name" = value; name = value }.
func (p *psReader) table() psValue {
	v := psValue{table: true}
	p.at += 2
	if p.depth++; p.depth > deepestLiteral {
		p.at = len(p.text)
	}
	defer func() { p.depth-- }()
	for p.at < len(p.text) && len(v.pairs) < maxFields {
		for p.at < len(p.text) && strings.IndexByte(" \t\r\n;", p.text[p.at]) >= 0 {
			p.at++
		}
		if p.peek() == '}' || p.peek() == 0 {
			p.at = min(p.at+1, len(p.text))
			return v
		}
		name := ""
		if c := p.peek(); c == '"' || c == '\'' {
			name = p.quoted()
		} else {
			start := p.at
			for p.at < len(p.text) && strings.IndexByte("= \t\r\n};", p.text[p.at]) < 0 {
				p.at++
			}
			name = p.text[start:p.at]
		}
		p.blanks()
		if p.peek() != '=' {
			p.at++
			continue
		}
		p.at++
		v.pairs = append(v.pairs, faultline.Field{Name: name, Value: p.value().text})
	}
	return v
}
