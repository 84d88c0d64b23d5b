package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("network.reset", networkReset) }

// saysReset is what clients say of a connection that was there and was cut.
var saysReset = topic("reset",
	"connection reset*", "connection was reset", "econnreset", "err connection reset", "err empty response", "err connection closed", "err socket not connected", "err connection aborted", "empty reply from server", "remote disconnected", "without response",
	"socket hang up", "other side closed", "und_err_socket", "broken pipe", "epipe", "forcibly closed*", "connection aborted", "server closed idle connection", "server closed the connection",
	"connection was closed", "connection closed", "connection is closed", "closed before message completed", "recv failure", "send failure", "curl: (52)", "curl: (56)", "curl: (55)", "curl error 52:", "curl error 55:", "curl error 56:",
	"econnaborted: connection", "goaway", "stream was reset", "no http response exception", "failed to respond", "premature eof", "use of closed network connection", "connection has been closed",
	"response ended", "unexpected end of stream", "unable to read data from the transport*", "socket closed", "server disconnected", "(10054)", "errno 104", "errno 54", "os error 104", "os error 54", "ns error net reset", "ns error net interrupt",
	"stream closed", "http2 framing", "network connection was lost", "before full header was received", "end of file reached", "not closed cleanly", "connection lost", "reset by peer", ":closed",
	"closed by the remote", "closed by remote", "closed by peer", "closed the connection unexpectedly", "terminated abnormally", "without sending a response", "hung up", "connection terminated", "err http2 protocol*", "err http2 stream", "err quic protocol*", "peer closed", "received no bytes", "eof reached",
	"prematurely closed before response", "closed channel exception", "connection abort", "was aborted by the software", "the response ended prematurely", "error -1005", "code=-1005", "no status line received",
	"closed connection without", "incomplete message", "socket_closed*", "no data received", "returned nothing", "wsaeconnreset", "(10053)", "(104)", "server closed connection", "has closed the connection",
	"connection prematurely closed", "socket connection was closed", "transport connection was closed", "remote end closed connection", "connection closed unexpectedly", "stream reset", "rst stream", "remote protocol error",
	"pipe is broken", "ended prematurely", "remote party closed", "prematurely closed connection", "eproto ~ reset", "nohttpresponse*", "request_failed: closed", "closed_by_remote", "connection error: connection lost", "unexpected disconnect", "unexpected end of file from server", "failed to open stream: http request failed!", ": 12030", ": 12152")

// networkReset is for connections that were there and were cut before an
// answer came. A cut in the middle of an answer is another cause.
func networkReset(c *Case) []faultline.Finding {
	said, broke := c.failure()
	if !broke || bareConnect(said) || c.clientSays(saysUnresolved, saysClientLeft, saysAlert, saysWantsCertificate, saysPlain, saysUndecodable, saysLargeAnswerHead, saysOwnLength, saysProxyLogin) || c.distrusts() || c.cut() || c.cancelled() {
		return nil
	}
	if c.clientSays(saysOtherVersion) && !nothingCame(said) || !c.clientSays(saysReset) && !goEOF(said) && !nothingCame(said) {
		return nil
	}
	if strings.Contains(said, "sockettimeoutexception") {
		return nil // OkHttp closes the socket itself when its time is over
	}
	if c.miscounted() || c.plainHTTP2() {
		return nil // the server waited for bytes that were announced and never sent
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
