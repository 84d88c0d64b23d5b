package causes

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/rpc"
)

func init() { register("stream.no-status", streamNoStatus) }

// streamNoStatus is for calls of gRPC that end without saying how: the status
// comes last, in trailers, which not everything on the way passes on. Captures of
// clients have no trailers, so those say nothing about them.
func streamNoStatus(c *Case) []faultline.Finding {
	r := c.Exchange.Response
	if r == nil || c.Exchange.Failure != nil || !rpc.Speaks(c.ResponseType()) || !Unended(c.Exchange) {
		return nil
	}
	inBody := c.ResponseType() != "application/grpc" && !hasSubtype(c.ResponseType(), "application/grpc+")
	if !inBody && c.Exchange.Vantage == faultline.AtClient || c.Exchange.Unseen.Any(faultline.UnseenResponseHeader|faultline.UnseenResponseBody) {
		return nil
	}
	f := faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtResponseHeader("grpc-status"),
		Message:  "the answer ended without a status of gRPC",
		Brief:    "no grpc-status",
		Expected: "`grpc-status` in the trailers",
		Found:    "no such field, neither in the header nor in the trailers",
		Remedy:   faultline.Remedy{Text: "let trailers pass on every hop: HTTP/2 to the server, `grpc_pass` instead of `proxy_pass`, no buffering that drops them", Applicability: faultline.Guess},
		Retry:    "only what may run twice: the server may have done the work",
	}
	if inBody {
		f.Expected, f.Found = "a last message that holds the status", "a body that ends without one"
		f.Party = faultline.Server
		f.Remedy.Text = "look into the log of the server, or of the proxy that translates gRPC-Web, for what ended the call at this moment"
	}
	return []faultline.Finding{f}
}

// hasSubtype reports whether a media type begins so.
func hasSubtype(media, prefix string) bool {
	return len(media) > len(prefix) && media[:len(prefix)] == prefix
}
