package causes

import (
	"bytes"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("content.encoding", contentEncoding) }

// saysCoding is what servers say of a coding that they do not know or cannot remove.
var saysCoding = topic("coding",
	"unsupported content encoding", "content encoding ~ not supported", "content encoding ~ unsupported", "content encoding ~ not allowed", "content encoding is not supported", "unknown content encoding", "invalid content encoding", "unsupported encoding", "unsupported compression", "encoding.unsupported", "encoding unsupported",
	"decompression failed", "failed to decompress*", "unable to decompress*", "error decompressing", "could not decompress", "decompress*", "invalid gzip*", "invalid compressed data", "not a gzip*", "not in gzip format", "not gzip*", "bad gzip*", "gzip: invalid*", "magic number in gzip header", "error -3 while decompressing", "failed to read gzip", "gzip decode*", "malformed gzip", "error decoding gzip", "body is not gzipped", "grpc encoding ~ not")

// saysInflate are zlib's own words: clear where the request says that its body is compressed.
var saysInflate = topic("inflate",
	"incorrect header check", "invalid block type", "invalid stored block lengths", "invalid distance*", "invalid code lengths set", "incorrect data check", "unexpected end of file", "unknown compression method", "invalid window size", "corrupt*", "zlib*", "z_data_error", "z_buf_error", "unexpected eof", "flate:*")

// contentEncoding holds Content-Encoding against the bytes of the body, and
// reads refusals of the coding itself (RFC 9110, section 15.5.16).
func contentEncoding(c *Case) []faultline.Finding {
	body := &c.Exchange.Request.Body
	if len(body.Raw) == 0 || !c.Refused() || !c.Unsent() && !c.speaksOfRequest() {
		return nil
	}
	coding, sent := c.Exchange.Request.Header.Get("Content-Encoding")
	coding = strings.ToLower(strings.TrimSpace(coding))
	if !sent || coding == "" || coding == "identity" {
		return c.unannounced()
	}
	told := c.says(saysCoding, saysInflate)
	switch {
	case !body.Truncated && c.notCoded(coding):
		return []faultline.Finding{c.requestCoding(faultline.Proven, "the request says `Content-Encoding: "+short(coding)+"`, and its body is not", "other bytes: the body begins with "+firstBytes(body.Raw))}
	case !body.Truncated && codingKnown(coding) && gzipped(body.Decoded):
		return []faultline.Finding{c.requestCoding(faultline.Proven, "the body is compressed twice, and `Content-Encoding` says it once", "gzip inside "+short(coding))}
	case c.says(saysCoding), c.Status() == 415 && (!told || c.codingsTaken() != ""):
		f := c.requestCoding(faultline.Likely, "the server does not take the content coding `"+short(coding)+"`", "Content-Encoding: "+short(coding))
		if taken := c.codingsTaken(); taken != "" {
			f.Expected, f.Strength = taken, faultline.Proven
		}
		return []faultline.Finding{f}
	case told:
		return []faultline.Finding{c.requestCoding(faultline.Likely, "the server cannot remove the content coding `"+short(coding)+"` from the body", "a body that it cannot decode")}
	case c.status4xx() && c.unreadBody():
		// A server without a decoder reads the compressed bytes as they are.
		return []faultline.Finding{c.requestCoding(faultline.Likely, "the server did not decode the body: it read the bytes of `"+short(coding)+"` as they are", "Content-Encoding: "+short(coding))}
	}
	return nil
}

func (c *Case) status4xx() bool { return c.Status() == 400 || c.Status() == 422 }

// notCoded reports whether the bytes lack the sign that the coding begins with.
func (c *Case) notCoded(coding string) bool {
	raw := c.Exchange.Request.Body.Raw
	switch coding {
	case "gzip", "x-gzip":
		return !bytes.HasPrefix(raw, []byte{0x1f, 0x8b})
	case "zstd": // RFC 8878, section 3.1.1
		return !bytes.HasPrefix(raw, []byte{0x28, 0xb5, 0x2f, 0xfd})
	case "br", "deflate", "compress":
		return (raw[0] == '{' || raw[0] == '[' || raw[0] == '<') && badRune(clip(raw, 512)) < 0 && (coding != "compress" || c.Status() == 400) && printable(clip(raw, 64))
	}
	return false
}

func printable(b []byte) bool {
	for _, ch := range b {
		if ch < ' ' && ch != '\n' && ch != '\r' && ch != '\t' {
			return false
		}
	}
	return true
}

// unannounced is a body that is compressed without a word about it.
func (c *Case) unannounced() []faultline.Finding {
	body := &c.Exchange.Request.Body
	mediaType := c.RequestType()
	if !gzipped(body.Raw) || mediaType != "" && !textual(mediaType) {
		return nil
	}
	f := c.requestCoding(faultline.Proven, "the body is gzip, and no `Content-Encoding` says so", "no Content-Encoding, and the first bytes of a gzip file")
	f.Expected = "Content-Encoding: gzip"
	f.Remedy = faultline.Remedy{
		Text: "send `Content-Encoding: gzip`, or the body without compression", Applicability: faultline.Guess,
		Patch: []faultline.Edit{{Op: "add", In: faultline.InHeader, Name: "Content-Encoding", Value: "gzip"}},
	}
	return []faultline.Finding{f}
}

// codingsTaken: RFC 9110, section 12.5.3: a 415 names in Accept-Encoding what the server takes.
func (c *Case) codingsTaken() string {
	if c.Status() != 415 {
		return ""
	}
	return short(c.Exchange.Response.Header.Value("Accept-Encoding"))
}

// unreadBody reports whether the server says that it could not read the body at all.
func (c *Case) unreadBody() bool { return c.saysRootType() || c.bareRefusal() || c.says(saysNoText) }

// saysNoText is what parsers say of bytes that are no text.
var saysNoText = topic("no text",
	"error parsing the body", "parse error", "json parse error", "cannot parse*", "could not parse*", "unable to parse*", "failed to parse*", "malformed json", "invalid json", "not valid json", "looking for beginning of value", "unexpected token", "codec can't decode*", "invalid utf 8*", "expected value at line 1 column 1", "invalid character", "invalid start of a value", "illegal character*", "unrecognized token", "syntax error", "unexpected character", "bad json", "problems parsing json", "expecting value")

func (c *Case) requestCoding(s faultline.Strength, message, found string) faultline.Finding {
	at := faultline.AtHeader("Content-Encoding")
	at.Span = faultline.Span{End: len(c.Exchange.Request.Header.Value("Content-Encoding"))}
	return faultline.Finding{
		Strength: s,
		At:       at,
		Message:  message,
		Brief:    "Content-Encoding: " + short(c.Exchange.Request.Header.Value("Content-Encoding")),
		Expected: "a body that fits Content-Encoding, in a coding that the server takes",
		Found:    found,
		Evidence: c.serverWords(),
		Remedy: faultline.Remedy{
			Text: "send the body without compression and without `Content-Encoding`", Applicability: faultline.Guess,
		},
		Retry: failsAlways,
		Rank:  deeper + 2,
	}
}
