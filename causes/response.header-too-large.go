package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("response.header-too-large", answerHeadTooLarge) }

// saysLargeAnswerHead is what clients and gateways say of an answer whose head
// does not fit: nginx in its log, Node, undici, Go, .NET, Netty, Python, Chrome.
var saysLargeAnswerHead = topic("large answer head",
	"upstream sent too big header", "upstream sent too large header", "upstream header too big", "upstream response header too large", "response header too large",
	"response headers too large", "response headers too big", "response header is too large", "response headers exceeded", "server response headers exceeded",
	"headers overflow error", "und_err_headers_overflow", "hpe_header_overflow", "parse error: header overflow",
	"response headers length exceeded the set limit", "got more than 100 headers", "got more than 65536 bytes when reading header line",
	"err_response_headers_too_big", "http header is larger than", "too long http header exception", "header line is too long ~ response",
	"too large response header*", "curl: (27) out of memory", "proxy_buffer_size", "ah02429", "ah00897")

// answersTooLarge reports whether somebody says that the head of the answer is what does not fit.
func (c *Case) answersTooLarge() bool {
	return c.clientSays(saysLargeAnswerHead) || c.Status() >= 500 && c.says(saysLargeAnswerHead)
}

// answerHeadTooLarge: the API answered, and a gateway or the client did not
// take its header. A bare 502 may hide it; only words settle it.
func answerHeadTooLarge(c *Case) []faultline.Finding {
	if !c.answersTooLarge() {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.Location{Side: faultline.ResponseSide, In: faultline.InHeader},
		Message:  "the headers of the answer are larger than the client takes",
		Brief:    "answer with too large headers",
		Expected: "headers that fit: most clients take 16 KB, nginx 4 or 8 KB of an upstream",
		Found:    "an answer whose headers do not fit",
		Evidence: c.serverWords(),
		Remedy: faultline.Remedy{Text: "let the API send smaller headers: fewer cookies, no tokens or traces in fields", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "let the API send smaller headers: fewer cookies, no tokens or traces in fields"},
		}},
		Retry: "it fails as long as the answer has these headers",
		Rank:  deeper,
	}
	if c.Exchange.Failure != nil {
		f.Evidence = c.clientWords()
		f.Remedy.Steps = append(f.Remedy.Steps, faultline.Step{Text: "let the client take more: `--max-http-header-size` of Node, `MaxResponseHeaderBytes` in Go, `MaxResponseHeadersLength` in .NET"})
		return []faultline.Finding{f}
	}
	f.Message = "the API answered with headers that the gateway has no room for"
	f.Found = "an answer of the gateway in place of the API's"
	step := faultline.Step{Text: "raise the gateway's buffer for the head of an answer"}
	if strings.Contains(strings.ToLower(c.Exchange.Response.Header.Value("Server")), "nginx") || c.BodySays("upstream sent") {
		step = faultline.Step{Text: "raise nginx's buffer for the head of an answer", Command: "proxy_buffer_size 16k; proxy_buffers 4 16k;"}
	}
	f.Remedy.Steps = append(f.Remedy.Steps, step)
	return []faultline.Finding{f}
}

// clientWords is what the client library said, as evidence.
func (c *Case) clientWords() []faultline.Evidence {
	said := c.Exchange.Failure
	if said == nil || said.Text == "" {
		return nil
	}
	text := short(c.withoutSecrets(said.Text[:min(len(said.Text), maxAuthText)]))
	return []faultline.Evidence{{Kind: faultline.Fact, Title: "client said", Lines: []faultline.Line{{Text: text}}}}
}
