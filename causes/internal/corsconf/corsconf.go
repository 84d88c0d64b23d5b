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
	text  string
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

// Render is the configuration for a policy.
func (s *Server) Render(p Policy) string {
	credentials := "false"
	if p.Credentials {
		credentials = "true"
	}
	replace := strings.NewReplacer(
		"{origin}", p.Origin, "{credentials}", credentials,
		"{methods}", joined(p.Methods, ""), "{methods'}", joined(p.Methods, "'"), `{methods"}`, joined(p.Methods, `"`),
		"{methods-words}", strings.Join(p.Methods, " "), "{headers-words}", strings.Join(p.Headers, " "),
		"{headers}", joined(p.Headers, ""), "{headers'}", joined(p.Headers, "'"), `{headers"}`, joined(p.Headers, `"`),
	)
	var out []string
	for line := range strings.SplitSeq(s.text, "\n") {
		rest, conditional := unlessPlain(line)
		empty := strings.Contains(rest, "{methods") && len(p.Methods) == 0 || strings.Contains(rest, "{headers") && len(p.Headers) == 0
		if conditional && !p.Credentials || empty && !strings.Contains(rest, "{origin}") {
			continue
		}
		out = append(out, replace.Replace(rest))
	}
	return strings.Join(out, "\n")
}

// unlessPlain takes the mark off a line that is for credentials only, and keeps
// how far the line is indented.
func unlessPlain(line string) (rest string, conditional bool) {
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	rest, conditional = strings.CutPrefix(line[indent:], "?credentials ")
	return line[:indent] + rest, conditional
}

func joined(names []string, quote string) string {
	if len(names) == 0 {
		return ""
	}
	return quote + strings.Join(names, quote+", "+quote) + quote
}

func read() []Server {
	var out []Server
	for _, slug := range order {
		text, err := files.ReadFile(path.Join("servers", slug+".txt"))
		if err != nil {
			panic("corsconf: " + err.Error())
		}
		head, body, _ := strings.Cut(string(text), "\n\n")
		s := Server{Slug: slug, text: strings.TrimRight(body, "\n")}
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
