// Package listen takes connections of clients: from TCP addresses, Unix sockets,
// sockets that systemd or a parent process opened, with TLS, behind load balancers
// that speak the PROXY protocol.
//
//	ls, err := listen.Open(ctx, listen.Spec{Address: ":8443", TLS: &listen.TLS{Pairs: []listen.Pair{{Cert: "c.pem", Key: "k.pem"}}}})
//	raw, err := ls[0].Accept()
//	go func() {
//		c, err := ls[0].Greet(raw, 10*time.Second) // PROXY header and TLS handshake
//		...
//	}()
//
// It knows nothing of HTTP but how to recognise it where TLS was expected. What
// goes wrong before the first request is told as a [Notice] or a [GreetError],
// with words for people.
package listen

// A Notice tells what happened outside any call: a certificate was read anew, or
// could not be; a connection ended before its first request.
type Notice struct {
	Topic Topic
	Text  string // lower case, no full stop, no secrets; may hold text of a client, so it is escaped when shown
}

// Topic groups notices, so that they can be counted.
type Topic string

// The topics of notices.
const (
	Greeting    Topic = "greeting.failed"  // a connection that ended before its first request, see [GreetError]
	Reloaded    Topic = "tls.reloaded"     // changed files are in use
	ReloadError Topic = "tls.reload-error" // changed files cannot be used, the old ones stay
	Expiring    Topic = "tls.expiring"     // a certificate has expired or soon will
)
