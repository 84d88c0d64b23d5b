package config

import (
	"io/fs"
	"strconv"
)

func serviceValue(s *Service) value {
	return &object{keys: []key{
		{name: "name", example: "orders", value: text(&s.Name, "a text", checkName), doc: "in counts, metrics and records; without it the host of `to`"},
		{name: "hosts", example: "[api.example.com]", value: &list[string]{&s.Hosts, hostName}, doc: "the hosts of its requests; without it every host"},
		{name: "paths", example: "[/orders]", value: &list[string]{&s.Paths, pathPrefix}, doc: "what the paths of its requests begin with, whole segments; without it every path"},
		{name: "to", required: true, example: "http://localhost:3000", value: serviceAddress(&s.To), doc: "where it is; a path is put before the path of every request"},
		{name: "tls", value: &object{keys: []key{
			{name: "ca", example: "internal-ca.pem", value: path(&s.TLS.CA), doc: "PEM file with the authorities that are trusted; without it those of the system"},
			{name: "cert", example: "client.pem", value: path(&s.TLS.Cert), doc: "PEM file with the certificate that is shown to the service"},
			{name: "key", example: "client.key", value: path(&s.TLS.Key), doc: "PEM file with its private key"},
			{name: "server_name", example: "api.internal", value: text(&s.TLS.ServerName, "a host name", nil), doc: "the name that the service's certificate has to have; without it the host of `to`"},
			{name: "insecure", def: "false", value: flag(&s.TLS.Insecure), doc: "take any certificate: whoever is in between can read and change everything"},
		}}, doc: "TLS with a service at an https address"},
		{name: "contracts", example: "[orders.yaml]", value: &list[string]{&s.Contracts, path}, doc: "OpenAPI descriptions that calls are judged by"},
		{name: "mode", def: "observe", value: modeValue(&s.Mode), doc: "about a request that breaks the contract: nothing, a mark in the answer, or an answer of our own"},
		{name: "undocumented", example: "pass", value: undocumentedValue(&s.Undocumented), doc: "what the contracts have no operation for; without it `block` in the mode `block`, else `pass`"},
		{name: "strict", def: "false", value: flag(&s.Strict), doc: "what the contract does not declare breaks it: parameters, headers, cookies, fields"},
		{name: "body_limit", def: "1MiB", value: size(&s.BodyLimit, 1, 1<<30), doc: "bodies up to this size are judged; larger ones pass unjudged"},
		{name: "preserve_host", def: "false", value: flag(&s.PreserveHost), doc: "send the client's `Host` field on, not that of `to`"},
		{name: "forwarded", def: "false", value: flag(&s.Forwarded), doc: "add `X-Forwarded-For`, `-Proto` and `-Host`"},
		{name: "rewrite", value: &object{keys: []key{
			{name: "strip_prefix", example: "/api", value: pathPrefix(&s.Rewrite.StripPrefix), doc: "taken off the path first, whole segments"},
			{name: "replace", example: "[{match: '^/pet/(.*)', with: '/pets/$1'}]", value: &list[Replacement]{&s.Rewrite.Replace, replacementValue}, doc: "then what the expressions match is replaced, in order"},
			{name: "add_prefix", example: "/v2", value: pathPrefix(&s.Rewrite.AddPrefix), doc: "put before the path last"},
		}}, doc: "the path on its way to the service; the contract judges what comes of it"},
		{name: "request_headers", value: headerRulesValue(&s.RequestHeaders), doc: "header fields on their way to the service"},
		{name: "response_headers", value: headerRulesValue(&s.ResponseHeaders), doc: "header fields on their way to the client"},
		{name: "access", value: accessValue(&s.Access), doc: "which clients may call, by address; others get a 403 that says so"},
		{name: "problem", value: &object{keys: []key{
			{name: "base", example: "https://errors.example.com", value: webAddress(&s.Problem.Base), doc: "what links in problem documents begin with; without it the program's own pages"},
			{name: "detail", example: "safe", value: word(&s.Problem.Detail, "full", "safe", "minimal"), doc: "how much they tell; without it everything to clients on this machine, to others what the contract says anyway"},
			{name: "origins", example: "[https://app.example.com]", value: &list[string]{&s.Problem.Origins, origin}, doc: "web origins whose scripts may read them"},
		}}, doc: "our own answers (RFC 9457)"},
	}}
}

func accessValue(a *Access) value {
	return &object{keys: []key{
		{name: "allow", example: "[10.0.0.0/8, loopback]", value: ranges(&a.Allow), doc: "if given, nobody else may call"},
		{name: "deny", example: "[10.9.9.9]", value: ranges(&a.Deny), doc: "goes before `allow`"},
	}}
}

func checkName(s string) error {
	if s == "" || len(s) > 64 || !tokenChars.MatchString(s) {
		return wrongf("use letters, digits, `-`, `_` and `.`, at most 64", "`%s` is not a name", s)
	}
	return nil
}

func replacementValue(r *Replacement) value {
	return &object{keys: []key{
		{name: "match", required: true, example: "'^/pet/(.*)'", value: pattern(&r.Match), doc: "an expression (RE2) that is looked for in the path"},
		{name: "with", required: true, example: "'/pets/$1'", value: text(&r.With, "a text with `$1` and `${name}` for groups", checkReplacement), doc: "what takes its place"},
	}}
}

func checkReplacement(s string) error {
	for _, c := range s {
		if c == '?' || c == '#' || c == ' ' || c > 0x7e {
			return wrongf("percent-encode it", "`%s` holds `%c`, which no path does", s, c)
		}
	}
	return nil
}

func headerRulesValue(h *HeaderRules) value {
	return &object{keys: []key{
		{name: "remove", example: "[X-Debug]", value: &list[string]{&h.Remove, fieldName}, doc: "taken out first"},
		{name: "set", example: "{X-Team: orders}", value: &fields{&h.Set}, doc: "then each of these takes the place of all of its name"},
		{name: "add", example: "{X-Edge: frankfurt}", value: &fields{&h.Add}, doc: "then these are put behind what is there"},
	}}
}

// fileMode is the mode of a socket, as chmod takes it.
func fileMode(into *fs.FileMode) value {
	return &scalar[fs.FileMode]{
		into: into, like: "an octal mode in quotes: `\"0660\"`", typed: map[string]any{"type": "string", "pattern": "^0?[0-7]{3}$"},
		format: func(m fs.FileMode) string { return `"0` + strconv.FormatUint(uint64(m), 8) + `"` },
		parse: func(text string, _ *reader) (fs.FileMode, error) {
			n, err := strconv.ParseUint(text, 8, 16)
			if err != nil || n > 0o777 || n == 0 {
				return 0, wrongf("write it in quotes: `\"0660\"`", "`%s` is not an octal mode", text)
			}
			return fs.FileMode(n), nil
		},
	}
}
