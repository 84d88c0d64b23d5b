// Package corsconf knows how servers and gateways are told what pages of other
// origins may do: one file a server under servers/, with how it is recognised
// and the configuration.
//
//	if s, ok := corsconf.Find(resp.Header); ok {
//		fmt.Println(s.Where, s.Render(corsconf.Policy{Origin: "https://app.example.com", Methods: []string{"PUT"}}))
//	}
//
// A file has lines `name:`, `where:` and any number of `sign:`, an empty line,
// and the configuration. There stand for the parts of the policy:
//
//	{origin}             https://app.example.com
//	{methods} {headers}  GET, PUT
//	{methods'} {headers'}  'GET', 'PUT'
//	{methods"} {headers"}  "GET", "PUT"
//	{methods-words} {headers-words}  GET PUT
//	{credentials}        true or false
//
// A line that begins, after its indent, with `?credentials ` is there only for calls with
// credentials.
package corsconf

import (
	"embed"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
)

//go:embed servers/*.txt
var files embed.FS

// Policy is what pages of an origin may do.
type Policy struct {
	Origin      string
	Methods     []string
	Headers     []string
	Credentials bool
}

// Clean drops what is no token: names come off the wire, and end up in
// somebody's configuration.
func (p Policy) Clean() Policy {
	bad := func(name string) bool { return !token(name) }
	p.Methods, p.Headers = slices.DeleteFunc(p.Methods, bad), slices.DeleteFunc(p.Headers, bad)
	if strings.Trim(strings.ToLower(p.Origin), "abcdefghijklmnopqrstuvwxyz0123456789-._:/[]+") != "" {
		p.Origin = ""
	}
	return p
}

// token: RFC 9110, section 5.6.2, without the characters that mean something to
// a shell or a configuration.
func token(s string) bool {
	return s != "" && len(s) <= 100 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._") == ""
}

// A Server is a server, framework or gateway that can be configured.
type Server struct {
	Slug  string // the name of its file
	Name  string
	Where string // "in nginx, inside the `location`"
	signs []sign
	lines []line
}

// sign is a field of its answers, and what it holds.
type sign struct{ field, holds string }

// order is in which order servers are asked for: what runs the application
// before what stands in front of it, since a policy belongs into one place only.
var order = []string{
	"express", "fastapi", "flask", "django", "spring", "aspnet", "rails", "go-rs-cors", "s3",
	"aws-api-gateway", "kong", "envoy", "traefik", "caddy", "apache", "nginx",
}

var servers = read()

// All returns the servers that are known.
func All() []Server { return slices.Clone(servers) }

// Find is the server that an answer shows.
func Find(h faultline.Header) (Server, bool) {
	for _, s := range servers {
		for _, sign := range s.signs {
			for _, f := range h {
				if strings.EqualFold(f.Name, sign.field) && containsFold(f.Value, sign.holds) {
					return s, true
				}
			}
		}
	}
	return Server{}, false
}

func containsFold(value, part string) bool {
	return strings.Contains(strings.ToLower(value[:min(len(value), 256)]), part)
}

// line is one line of a configuration, taken apart when it is read.
type line struct {
	pieces      []piece
	credentials bool // it is there only for calls with credentials
}

// piece is text as it stands, or the part of the policy that is named.
type piece struct{ text, part string }

// parse takes a line apart. What is in braces and is no part of a policy is
// text: configurations have braces of their own.
func parse(text string) line {
	var l line
	indent := len(text) - len(strings.TrimLeft(text, " \t"))
	rest, conditional := strings.CutPrefix(text[indent:], "?credentials ")
	l.credentials = conditional
	rest = text[:indent] + rest
	from := 0
	for at := 0; at < len(rest); at++ {
		if rest[at] != '{' {
			continue
		}
		part, _, closed := strings.Cut(rest[at+1:], "}")
		if closed && slices.Contains(parts, part) {
			l.pieces = append(l.pieces, piece{text: rest[from:at]}, piece{part: part})
			at += len(part) + 1
			from = at + 1
		}
	}
	l.pieces = append(l.pieces, piece{text: rest[from:]})
	return l
}

// parts are what a configuration may name.
var parts = []string{"origin", "credentials", "methods", "methods'", `methods"`, "methods-words", "headers", "headers'", `headers"`, "headers-words"}

// Render is the configuration for a policy. A line for names is left out where
// there are none.
func (s *Server) Render(p Policy) string {
	var b strings.Builder
	b.Grow(1024)
	for i := range s.lines {
		l := &s.lines[i]
		if l.credentials && !p.Credentials || l.empty(&p) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		for _, piece := range l.pieces {
			b.WriteString(piece.text)
			p.write(&b, piece.part)
		}
	}
	return b.String()
}

func (l *line) empty(p *Policy) bool {
	return slices.ContainsFunc(l.pieces, func(piece piece) bool {
		return strings.HasPrefix(piece.part, "methods") && len(p.Methods) == 0 || strings.HasPrefix(piece.part, "headers") && len(p.Headers) == 0
	})
}

func (p *Policy) write(b *strings.Builder, part string) {
	switch part {
	case "":
	case "origin":
		b.WriteString(p.Origin)
	case "credentials":
		b.WriteString(strconv.FormatBool(p.Credentials))
	default:
		names := p.Methods
		if strings.HasPrefix(part, "headers") {
			names = p.Headers
		}
		list(b, names, strings.TrimLeft(part, "abcdefghijklmnopqrstuvwxyz"))
	}
}

// list writes names in the manner that stands behind a part's name.
func list(b *strings.Builder, names []string, manner string) {
	quote, between := manner, ", "
	if manner == "-words" {
		quote, between = "", " "
	}
	for i, name := range names {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(quote)
		b.WriteString(name)
		b.WriteString(quote)
	}
}

func read() []Server {
	var out []Server
	for _, slug := range order {
		text, err := files.ReadFile(path.Join("servers", slug+".txt"))
		if err != nil {
			panic("corsconf: " + err.Error())
		}
		head, body, _ := strings.Cut(string(text), "\n\n")
		s := Server{Slug: slug}
		for text := range strings.SplitSeq(strings.TrimRight(body, "\n"), "\n") {
			s.lines = append(s.lines, parse(text))
		}
		for line := range strings.SplitSeq(head, "\n") {
			key, value, _ := strings.Cut(line, ": ")
			switch key {
			case "name":
				s.Name = value
			case "where":
				s.Where = value
			case "sign":
				field, holds, _ := strings.Cut(value, ": ")
				s.signs = append(s.signs, sign{strings.TrimSuffix(field, ":"), strings.ToLower(holds)})
			default:
				panic("corsconf: " + slug + ": " + line)
			}
		}
		out = append(out, s)
	}
	return out
}
