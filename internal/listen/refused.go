package listen

import (
	"net"
	"strings"
)

// A Handshake is the connection of a client with whom a handshake is made that
// [Listener.Greet] knows nothing of. It remembers what explains a failure.
type Handshake struct{ firstRead }

// NewHandshake wraps the connection below TLS.
func NewHandshake(c net.Conn) *Handshake { return &Handshake{firstRead{Conn: c}} }

// NetConn is the connection below.
func (h *Handshake) NetConn() net.Conn { return h.Conn }

// Refused reports whether the handshake failed with err since the client does
// not accept the certificate that it was shown, and why, in words that follow
// "the client".
func (h *Handshake) Refused(err error) (why string, ok bool) {
	alert, fromClient := alertOf(err)
	if !fromClient && strings.Contains(err.Error(), "bad record MAC") {
		alert, fromClient = h.alert()
	}
	if !fromClient {
		return "", false
	}
	why, ok = alerts[alert]
	return why, ok
}
