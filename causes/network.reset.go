package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("network.reset", networkReset) }

// networkReset is for connections that were there and were cut before an
// answer came. A cut in the middle of an answer is another cause.
func networkReset(c *Case) []faultline.Finding {
	said, broke := c.failure()
	if !broke || saysAny(said, unresolved...) || saysAny(said, cancelled...) || saysAny(said, clientLeft...) || bareConnect(said) {
		return nil
	}
	// Half an answer came, or one that is no HTTP, or the handshake failed.
	if saysAny(said, "unexpected eof", "bytes remaining", "incompleteread", "incomplete_chunked", "content_length_mismatch", "chunk", "malformed http",
		"x509", "certificate", "ssl routines", "remote error: tls", "terminated; cause: other side closed", "premature end of") {
		return nil
	}
	if !saysAny(said, "connection reset", "econnreset", "err_connection_reset", "err_empty_response", "err_connection_closed",
		"empty reply from server", "remotedisconnected", "without response", "socket hang up", "other side closed", "und_err_socket", "broken pipe",
		"epipe", "forcibly closed",
		"connection aborted", "connectionreseterror", "server closed idle connection", "server closed the connection", "connection was closed",
		"connection closed", "closed before message completed", "recv failure", "send failure", "econnaborted: connection", "goaway",
		"stream was reset", "nohttpresponseexception",
		"failed to respond", "premature eof", "use of closed network connection", "connection has been closed", "response_ended",
		"unexpected end of stream", "unable to read data from the transport", "socket closed", "server disconnected", "(10054)", "errno 104",
		"os error 104", "ns_error_net_reset", "stream closed", "http2 framing", "network connection was lost", "before full header was received",
		"end of file reached", "not closed cleanly", "connection lost", "reset by peer", ":closed", "closed by the remote", "terminated abnormally",
		"without sending a response", "hung up", "connection terminated", "err_http2_protocol", "peer closed",
		"received no bytes", "eof reached", "prematurely closed before response", "closedchannelexception", "connection abort", "was aborted by the software",
		"the response ended prematurely", "error -1005", "code=-1005", "no status line received", "closed connection without", "incompletemessage",
		"socket_closed", "no data received", "returned nothing", "connectionreset", "connectionaborted", "wsaeconnreset", "(10053)", "(104)", "errno 54",
		"server closed connection", "has closed the connection", "connection prematurely closed") && !goEOF(said) {
		return nil
	}
	f := c.connectionFinding(faultline.Likely, c.peer()+" cut the connection before it answered", "connection cut before the answer")
	f.Remedy = faultline.Remedy{Text: "look into the server's log at this time: a crash, a restart, a limit on size or idle time", Applicability: faultline.Guess, Steps: []faultline.Step{
		{Text: "look into the server's log at this time: a crash, a restart, a limit on size or idle time"},
		{Text: "let the client close idle connections sooner than the server does"},
	}}
	f.Retry = c.repeatWords()
	if f.Retry == "" {
		f.Retry = "only with an Idempotency-Key: the server may have done the work before the cut"
	}
	f.RuledOut = []faultline.Rival{{Slug: "network.refused", Why: "the connection was there"}}
	if took := c.took(); took > 0 && took < slowest {
		f.RuledOut = append(f.RuledOut, faultline.Rival{Slug: "network.timeout", Why: span(took)})
	}
	return []faultline.Finding{f}
}

// goEOF: Go says "EOF" and no more if the server closes without a byte.
func goEOF(said string) bool {
	said = strings.TrimSpace(said)
	return said == "eof" || strings.HasSuffix(said, ": eof") || strings.HasSuffix(said, "eoferror") || strings.HasSuffix(said, "eofexception")
}
