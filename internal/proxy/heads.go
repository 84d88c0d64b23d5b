package proxy

import (
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/wire"
)

// endToEnd are fields that a Connection field cannot have removed: to take them
// away would change what the message means or where it ends.
var endToEnd = map[string]bool{
	"host": true, "content-length": true, "transfer-encoding": true, "content-type": true, "content-encoding": true,
	"authorization": true, "cookie": true, "set-cookie": true, "via": true, "trailer": true, "te": true, "upgrade": true,
}

// named are the fields that the Connection fields of a head declare to be for
// this connection only (RFC 9110, section 7.6.1).
func named(h *wire.Head) []string {
	if !h.Named {
		return nil
	}
	var out []string
	for option := range h.Options() {
		if low := strings.ToLower(option); !endToEnd[low] && low != "close" && low != "keep-alive" {
			out = append(out, low)
		}
	}
	return out
}

// isNamed reports whether the field is one of those that named returned.
func isNamed(name string, named []string) bool {
	return len(named) > 0 && slices.ContainsFunc(named, func(n string) bool { return strings.EqualFold(n, name) })
}

// path is the request target in origin-form (RFC 9112, section 3.2.1).
func path(r *wire.Request) string {
	t := r.Target
	if t[0] == '/' || t == "*" || r.Method == http.MethodConnect {
		return t
	}
	_, t, _ = strings.Cut(t, "://")
	i := strings.IndexAny(t, "/?")
	switch {
	case i < 0:
		return "/"
	case t[i] == '?':
		return "/" + t[i:]
	}
	return t[i:]
}

// target is a request target in origin-form as the server gets it: below the base path.
func (s *service) target(path string) string {
	if !s.moves() || path == "*" {
		return path
	}
	return s.base + s.Rewrite.Target(path)
}

// moves reports whether the server gets another path than the client asked for.
func (s *service) moves() bool { return s.base != "" || !s.Rewrite.None() }

// show makes of a request, with its target in origin-form, the one that the server
// gets, where path or fields are others there: only that one fits a contract then.
func (s *service) show(q *faultline.Request, path string) {
	if !s.RequestHeaders.None() {
		q.Header = s.RequestHeaders.Apply(slices.Clone(q.Header))
	}
	if s.moves() {
		q.Scheme, q.Host, q.Target = s.scheme(), s.authority, s.target(path)
	}
}

// appendRequest writes the head as the server gets it: the lines of the client
// as they came, but for those of its connection.
func (x *call) appendRequest(b []byte) []byte {
	r, s := &x.req, x.svc
	b = append(b, r.Method...)
	b = append(b, ' ')
	if r.Target != "*" {
		b = append(b, s.base...)
	}
	if s.Rewrite.None() {
		b = append(b, path(r)...)
	} else {
		b = append(b, s.Rewrite.Target(path(r))...)
	}
	b = append(b, " HTTP/1.1\r\n"...)
	drop, trailers := named(&r.Head), wantsTrailers(r)
	if s.outside && x.cn.inside == nil {
		drop = append(drop, "proxy-authorization") // it was for us (RFC 9110, section 11.7.2)
	}
	host, connection := false, false
	rules := ruling{rules: &s.RequestHeaders}
	from, special := 0, r.Special()
	for i := range r.Header {
		kind := wire.Ordinary
		if len(special) > 0 && special[0].Index == i {
			kind, special = special[0].Kind, special[1:]
		}
		ruled := rules.touch(r.Header[i].Name)
		if passes(kind) && !ruled && !isNamed(r.Header[i].Name, drop) {
			continue // together with its neighbours
		}
		b = append(b, r.FieldLines(from, i)...)
		from = i + 1
		switch {
		case ruled:
			b = rules.appendInPlace(b, r.Header[i].Name)
		case kind == wire.HostField:
			host = true
			b = s.appendHost(b, r, i)
		case kind == wire.ConnectionField && !connection:
			connection = true
			b = appendConnection(b, trailers, r.Upgrade != "")
		case kind == wire.UpgradeField && r.Upgrade != "":
			b = append(b, r.FieldLine(i)...)
		}
	}
	b = append(b, r.FieldLines(from, len(r.Header))...)
	b = rules.appendRest(b)
	if !host {
		b = append(b, "Host: "...)
		b = append(b, s.authority...)
		b = append(b, "\r\n"...)
	}
	if trailers {
		b = append(b, "TE: trailers\r\n"...)
		if !connection {
			b = append(b, "Connection: TE\r\n"...)
		}
	}
	// RFC 9110, section 7.6.3: a gateway must say that the message came through it.
	b = append(b, "Via: 1."...)
	b = append(b, '0'+byte(r.Minor), ' ')
	b = append(b, x.p.via...)
	b = append(b, "\r\n"...)
	if s.Forwarded {
		b = appendForwarded(b, r, x.cn)
	}
	return append(b, "\r\n"...)
}

// passes reports whether fields of the kind go on as they came: all but those
// of the connection, and Host, which is ours to choose.
func passes(kind wire.FieldKind) bool {
	switch kind {
	case wire.HostField, wire.ConnectionField, wire.KeepAliveField, wire.ProxyConnectionField, wire.TEField, wire.UpgradeField:
		return false
	case wire.Ordinary, wire.ContentLengthField, wire.TransferEncodingField, wire.ExpectField, wire.ViaField:
	}
	return true
}

func (s *service) appendHost(b []byte, r *wire.Request, i int) []byte {
	if s.PreserveHost {
		return append(b, r.FieldLine(i)...)
	}
	b = append(b, r.Header[i].Name...)
	b = append(b, ": "...)
	b = append(b, s.authority...)
	return append(b, "\r\n"...)
}

func appendConnection(b []byte, trailers, upgrade bool) []byte {
	switch {
	case trailers && upgrade:
		return append(b, "Connection: TE, Upgrade\r\n"...)
	case trailers:
		return append(b, "Connection: TE\r\n"...)
	case upgrade:
		return append(b, "Connection: Upgrade\r\n"...)
	}
	return b
}

// wantsTrailers reads the one member of TE that an intermediary can promise on,
// since it passes trailers through (RFC 9110, section 10.1.4).
func wantsTrailers(r *wire.Request) bool {
	value, ok := r.SpecialValue(wire.TEField)
	for ok {
		var part string
		part, value, ok = strings.Cut(value, ",")
		if strings.EqualFold(strings.TrimSpace(part), "trailers") {
			return true
		}
	}
	return false
}

func appendForwarded(b []byte, r *wire.Request, cn *conn) []byte {
	if host, _, err := net.SplitHostPort(cn.client.String()); err == nil {
		b = append(b, "X-Forwarded-For: "...)
		b = append(b, host...)
		b = append(b, "\r\n"...)
	}
	b = append(b, "X-Forwarded-Proto: "...)
	b = append(b, cn.scheme()...)
	b = append(b, "\r\n"...)
	if r.Host != "" {
		b = append(b, "X-Forwarded-Host: "...)
		b = append(b, r.Host...)
		b = append(b, "\r\n"...)
	}
	return b
}

// looped reports whether the request has been through this very proxy.
func (p *Proxy) looped(r *wire.Request) bool {
	for _, f := range r.Special() {
		if f.Kind == wire.ViaField && strings.Contains(r.Header[f.Index].Value, p.via) {
			return true
		}
	}
	return false
}

// passing says how an answer goes on to the client.
type passing struct {
	close     bool // the client's connection ends after it
	keepAlive bool // an HTTP/1.0 client must be told that it does not
	dechunk   bool // the body goes on without its chunks
	unchunked bool // the client does not know chunked (RFC 9112, section 6.1)
	extra     faultline.Header
	rules     *HeaderRules // nil: none
}

// appendResponse writes the head of an answer as the client gets it.
func appendResponse(b []byte, r *wire.Response, how passing) []byte {
	b = append(b, "HTTP/1.1"...)
	b = append(b, r.FirstLine()[len("HTTP/1.1"):]...)
	drop := named(&r.Head)
	upgrade := r.Status == http.StatusSwitchingProtocols || r.Status == http.StatusUpgradeRequired
	rules := ruling{rules: how.rules}
	from, special := 0, r.Special()
	for i := range r.Header {
		kind := wire.Ordinary
		if len(special) > 0 && special[0].Index == i {
			kind, special = special[0].Kind, special[1:]
		}
		cut := how.unchunked && kind == wire.TransferEncodingField
		ruled := rules.touch(r.Header[i].Name)
		if (passes(kind) || kind == wire.HostField) && !cut && !ruled && !isNamed(r.Header[i].Name, drop) {
			continue
		}
		b = append(b, r.FieldLines(from, i)...)
		from = i + 1
		if ruled {
			b = rules.appendInPlace(b, r.Header[i].Name)
		}
		if upgrade && kind == wire.UpgradeField {
			b = append(b, r.FieldLine(i)...)
			b = append(b, "Connection: Upgrade\r\n"...)
		}
	}
	b = append(b, r.FieldLines(from, len(r.Header))...)
	b = rules.appendRest(b)
	for _, f := range how.extra {
		b = append(b, f.Name...)
		b = append(b, ": "...)
		b = append(b, f.Value...)
		b = append(b, "\r\n"...)
	}
	switch {
	case how.close && !upgrade:
		b = append(b, "Connection: close\r\n"...)
	case how.keepAlive:
		b = append(b, "Connection: keep-alive\r\n"...)
	}
	return append(b, "\r\n"...)
}
