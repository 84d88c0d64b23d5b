package causes

import "github.com/faultline-http/faultline"

func init() { register("protocol.syntax", protocolSyntax) }

// saysSyntax is what parsers of HTTP say of a message that they cannot read, and
// that is about no field, target or length of it.
var saysSyntax = topic("message syntax",
	"invalid http request received", "malformed http request", "malformed http message", "invalid http message", "invalid http request line", "invalid request line", "malformed request line", "bad request line",
	"illegal request line", "unparsable request line", "could not parse request line", "cannot parse request line", "hpe_invalid_method", "hpe_cr_expected", "hpe_lf_expected", "hpe_strict",
	"hpe_invalid_internal_state", "invalid http_method", "illegal character vchar*", "bad http request syntax", "bad request syntax", "bad request version", "no uri", "invalid method encountered", "illegal character cntl*", "invalid verb")

// protocolSyntax rests on the parser's words: it alone saw the bytes. What
// stands in the captured request was read by somebody already, so it is well-formed.
func protocolSyntax(c *Case) []faultline.Finding {
	if c.Status() != 400 || !c.says(saysSyntax) {
		return nil
	}
	return []faultline.Finding{{
		Strength: faultline.Likely,
		At:       faultline.Location{In: faultline.InTarget},
		Message:  "the server's parser cannot read the message as HTTP",
		Brief:    "not well-formed HTTP",
		Expected: "a well-formed head",
		Evidence: c.serverWords(),
		Remedy:   faultline.Remedy{Text: "leave the head to an HTTP library, or send it through `faultline proxy`, which names the byte", Applicability: faultline.Guess},
		Retry:    failsAlways,
	}}
}
