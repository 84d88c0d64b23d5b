package proxy

import (
	"errors"
	"fmt"
	"net"
	"net/url"
)

// The kinds of servers, by the schemes of their addresses.
const (
	schemeHTTP  = "http"  // HTTP/1.1
	schemeHTTPS = "https" // HTTP/1.1 over TLS; for clients of HTTP/2 also HTTP/2, if the server agrees
	schemeH2    = "h2"    // HTTP/2 over TLS, and nothing else
	schemeH2C   = "h2c"   // HTTP/2 without TLS, from the first byte on (RFC 9113, section 3.3)
	schemeUnix  = "unix"  // HTTP/1.1 over a Unix socket: unix:/run/app.sock
)

// errNoHTTP2 is a server that shook hands and agreed on no protocol.
var errNoHTTP2 = errors.New("the server does not speak HTTP/2 over TLS (ALPN): use https:// in place of h2://")

// checkAddress says what an address of a server cannot be.
func checkAddress(u *url.URL) error {
	if u == nil {
		return errors.New("proxy: the address of the server is missing")
	}
	switch u.Scheme {
	case schemeHTTP, schemeHTTPS, schemeH2, schemeH2C:
	case schemeUnix:
		if u.Path == "" || u.Host != "" {
			return fmt.Errorf("proxy: the address of the server has no path of a socket: unix:/run/app.sock has one, %q has not", u.Redacted())
		}
		return nil
	default:
		return fmt.Errorf("proxy: the address of the server must begin with http://, https://, h2://, h2c:// or unix:, not with %q", u.Scheme)
	}
	switch {
	case u.Hostname() == "":
		return fmt.Errorf("proxy: the address of the server has no host: %q", u.Redacted())
	case u.User != nil:
		return errors.New("proxy: the address of the server holds a password; the client has to send it itself")
	case u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("proxy: the address of the server must end with its path: %q", u.Redacted())
	}
	return nil
}

// addressOf is where to connect to.
func addressOf(u *url.URL) (network, addr string) {
	if u.Scheme == schemeUnix {
		return "unix", u.Path
	}
	port := u.Port()
	if port == "" {
		port = "80"
		if overTLS(u) {
			port = "443"
		}
	}
	return "tcp", net.JoinHostPort(u.Hostname(), port)
}

func overTLS(u *url.URL) bool { return u.Scheme == schemeHTTPS || u.Scheme == schemeH2 }

// authorityOf is what the server sees as its Host field. A socket has no name.
func authorityOf(u *url.URL) string {
	if u.Scheme == schemeUnix {
		return "localhost"
	}
	return u.Host
}

// baseOf is the path before every path, as it is written in the address.
func baseOf(u *url.URL) string {
	if u.Scheme == schemeUnix {
		return ""
	}
	return u.EscapedPath()
}

// scheme is that of the server's URLs.
func (s *service) scheme() string {
	if overTLS(s.To) {
		return "https"
	}
	return "http"
}

// relays reports whether calls of HTTP/1 clients have to be put into HTTP/2.
func (s *service) relays() bool {
	return s.To != nil && (s.To.Scheme == schemeH2 || s.To.Scheme == schemeH2C)
}

// nameOf is what a service is called that has no name.
func nameOf(u *url.URL) string {
	if u.Scheme == schemeUnix {
		return u.Path
	}
	return u.Host
}
