package proxy

import (
	"maps"
	"net"
	"net/http"
	"net/textproto"
	"strings"

	"github.com/faultline-http/faultline"
)

// flat is the list of fields that a map of net/http holds, in a steady order.
// Names of HTTP/2 and HTTP/3 have lower case on the wire (RFC 9113, section 8.2).
func flat(h http.Header) faultline.Header {
	out := make(faultline.Header, 0, len(h))
	for _, name := range names(h) {
		low := strings.ToLower(name)
		for _, value := range h[name] {
			out = append(out, faultline.Field{Name: low, Value: value})
		}
	}
	return out
}

// hopByHop stay on their connection (RFC 9110, section 7.6.1); HTTP/2 has none
// of them (RFC 9113, section 8.2.2).
var hopByHop = []string{"Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Te", "Upgrade"}

// passed are the fields that go on to the other side. The values are shared.
func passed(h http.Header) http.Header {
	out := make(http.Header, len(h)+4)
	maps.Copy(out, h)
	for _, option := range h["Connection"] {
		for name := range strings.SplitSeq(option, ",") {
			name = textproto.TrimString(name)
			if low := strings.ToLower(name); !endToEnd[low] {
				delete(out, textproto.CanonicalMIMEHeaderKey(name))
			}
		}
	}
	for _, name := range hopByHop {
		delete(out, name)
	}
	return out
}

// wantsTrailer reads the one member of TE that an intermediary can promise on.
func wantsTrailer(h http.Header) bool {
	for _, value := range h["Te"] {
		for part := range strings.SplitSeq(value, ",") {
			if strings.EqualFold(textproto.TrimString(part), "trailers") {
				return true
			}
		}
	}
	return false
}

// hostOf is the address of a peer without its port; empty on Unix sockets.
func hostOf(a net.Addr) string {
	if a == nil {
		return ""
	}
	host, _, err := net.SplitHostPort(a.String())
	if err != nil {
		return ""
	}
	return host
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
