package proxy

import (
	"net"
	"strings"

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
	var out []string
	for option := range h.Options() {
		if low := strings.ToLower(option); !endToEnd[low] && low != "close" && low != "keep-alive" {
			out = append(out, low)
		}
	}
	return out
}

// hopByHop reports whether a field stays on its connection.
func hopByHop(name string, named []string) bool {
	switch len(name) {
	case len("Connection"), len("Proxy-Connection"):
		if strings.EqualFold(name, "Connection") || strings.EqualFold(name, "Keep-Alive") || strings.EqualFold(name, "Proxy-Connection") {
			return true
		}
	case len("TE"):
		if strings.EqualFold(name, "TE") {
			return true
		}
	case len("Upgrade"):
		if strings.EqualFold(name, "Upgrade") {
			return true
		}
	}
	for _, n := range named {
		if strings.EqualFold(name, n) {
			return true
		}
	}
	return false
}

// target is the request target as the server gets it: origin-form, below the
// base path (RFC 9112, section 3.2.1).
func (p *Proxy) target(r *wire.Request) string {
	t := r.Target
	if t == "*" {
		return t
	}
	if t[0] != '/' {
		_, t, _ = strings.Cut(t, "://")
		i := strings.IndexAny(t, "/?")
		switch {
		case i < 0:
			t = "/"
		case t[i] == '?':
			t = "/" + t[i:]
		default:
			t = t[i:]
		}
	}
	return p.base + t
}

// appendRequest writes the head as the server gets it: the lines of the client
// as they came, but for those of its connection.
func (p *Proxy) appendRequest(b []byte, r *wire.Request, client net.Addr) []byte {
	b = append(b, r.Method...)
	b = append(b, ' ')
	b = append(b, p.target(r)...)
	b = append(b, " HTTP/1.1\r\n"...)
	names := named(&r.Head)
	trailers := wantsTrailers(r)
	host, connection := false, false
	for i, f := range r.Header {
		switch {
		case strings.EqualFold(f.Name, "Host"):
			host = true
			b = p.appendHost(b, f.Name, r, i)
		case strings.EqualFold(f.Name, "Connection"):
			if !connection {
				b = appendConnection(b, trailers, r.Upgrade != "")
			}
			connection = true
		case strings.EqualFold(f.Name, "Upgrade") && r.Upgrade != "":
			b = append(b, r.FieldLine(i)...)
		case hopByHop(f.Name, names):
		default:
			b = append(b, r.FieldLine(i)...)
		}
	}
	if !host {
		b = append(b, "Host: "...)
		b = append(b, p.authority...)
		b = append(b, "\r\n"...)
	}
	if trailers {
		b = append(b, "TE: trailers\r\n"...)
		if !connection {
			b = append(b, "Connection: TE\r\n"...)
		}
	}
	// RFC 9110, section 7.6.3: a gateway must say that the message came through it.
	b = append(b, "Via: "...)
	b = append(b, r.Proto()[len("HTTP/"):]...)
	b = append(b, ' ')
	b = append(b, p.via...)
	b = append(b, "\r\n"...)
	if p.opts.Forwarded {
		b = appendForwarded(b, r, client)
	}
	return append(b, "\r\n"...)
}

func (p *Proxy) appendHost(b []byte, name string, r *wire.Request, i int) []byte {
	if p.opts.PreserveHost {
		return append(b, r.FieldLine(i)...)
	}
	b = append(b, name...)
	b = append(b, ": "...)
	b = append(b, p.authority...)
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
	for part := range strings.SplitSeq(r.Header.Value("TE"), ",") {
		if strings.EqualFold(strings.TrimSpace(part), "trailers") {
			return true
		}
	}
	return false
}

func appendForwarded(b []byte, r *wire.Request, client net.Addr) []byte {
	if host, _, err := net.SplitHostPort(client.String()); err == nil {
		b = append(b, "X-Forwarded-For: "...)
		b = append(b, host...)
		b = append(b, "\r\n"...)
	}
	b = append(b, "X-Forwarded-Proto: http\r\n"...)
	if r.Host != "" {
		b = append(b, "X-Forwarded-Host: "...)
		b = append(b, r.Host...)
		b = append(b, "\r\n"...)
	}
	return b
}

// looped reports whether the request has been through this very proxy.
func (p *Proxy) looped(r *wire.Request) bool {
	for _, f := range r.Header {
		if strings.EqualFold(f.Name, "Via") && strings.Contains(f.Value, p.via) {
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
	extra     []wireField
}

type wireField struct{ name, value string }

// appendResponse writes the head of an answer as the client gets it.
func appendResponse(b []byte, r *wire.Response, how passing) []byte {
	b = append(b, "HTTP/1.1"...)
	first := r.Raw[:strings.IndexByte(r.Raw, '\n')+1]
	b = append(b, first[len("HTTP/1.1"):]...)
	names := named(&r.Head)
	upgrade := r.Status == 101 || r.Status == 426
	for i, f := range r.Header {
		switch {
		case upgrade && strings.EqualFold(f.Name, "Upgrade"):
			b = append(b, r.FieldLine(i)...)
			b = append(b, "Connection: Upgrade\r\n"...)
		case how.unchunked && strings.EqualFold(f.Name, "Transfer-Encoding"):
		case hopByHop(f.Name, names):
		default:
			b = append(b, r.FieldLine(i)...)
		}
	}
	for _, f := range how.extra {
		b = append(b, f.name...)
		b = append(b, ": "...)
		b = append(b, f.value...)
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
