package causes

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/faultline-http/faultline"
)

func init() { register("response.encoding", answerEncoding) }

// saysUndecodable is what clients say of an answer that is not encoded the way it says.
var saysUndecodable = topic("undecodable",
	"gzip: invalid*", "incorrect header check", "not in gzip format", "not a gzip*", "not a gzipped file", "invalid gzip*", "bad gzip*", "magic number in gzip header", "curl: (61)", "curl error 61:", "content unencoding", "unrecognized content encoding*", "unrecognized or bad http content*", "content decoding error", "contentdecodingerror", "err content decoding failed", "content decoding failed",
	"ns error invalid content encoding", "failed to decode it", "while decompressing*", "decompression failed", "decoding error*", "invalid block type", "invalid stored block lengths", "invalid distance*", "invalid code lengths set", "invalid bit length repeat", "zlib error*", "zlib::*", "z_data_error", "z_buf_error", "err__error_format*", "brotli: *", "brotli decoder*", "corrupt input", "zstd ~ error", "zstd: *", "unknown frame descriptor", "zstd: invalid*", "can not decode content encoding*", "cannot decode content encoding*",
	"error -1015", "code=-1015", "error -1016", "code=-1016", "cannot decode raw data", "cannot decode content data", "unsupported content encoding*", "unsupported compression method", "data format error ~ deflate", "unable to decompress*", "invalid deflate*", "flate: corrupt input*", "undecodable", "inflate*")

// saysUnreadableText is said of an answer whose bytes do not fit its charset.
var saysUnreadableText = topic("unreadable text",
	"codec can't decode byte*", "invalid utf 8*", "invalid byte sequence*", "malformed utf 8*", "not valid utf 8", "unicode decode error", "invalid start byte", "invalid continuation byte", "stream did not contain valid utf 8", "malformed input exception", "the encoded data was not valid*", "unexpected extension byte", "utf 8 ~ bom")

// answerEncoding is for answers that came whole and cannot be decoded.
func answerEncoding(c *Case) []faultline.Finding {
	if c.Status() == 101 {
		return nil // what follows is no answer: see the causes of WebSockets
	}
	if c.Exchange.Failure != nil {
		switch {
		case c.distrusts() || c.clientSays(saysUnresolved):
		case c.clientSays(saysUndecodable):
			return []faultline.Finding{c.codingFinding(faultline.Proven)}
		case c.clientSays(saysUnreadableText):
			return []faultline.Finding{c.textFinding(faultline.Likely)}
		}
	}
	r := c.Exchange.Response
	if r == nil || r.Body.Truncated || c.Status() > 299 || len(r.Body.Raw) == 0 {
		return nil
	}
	if coding := strings.ToLower(r.Header.Value("Content-Encoding")); coding != "" {
		if r.Body.Note != "" && r.Body.Decoded == nil && codingKnown(coding) && !strings.HasSuffix(r.Body.Note, ": unexpected EOF") {
			return []faultline.Finding{c.codingFinding(faultline.Proven)}
		}
		return nil
	}
	if !textual(c.ResponseType()) {
		return nil
	}
	if gzipped(r.Body.Raw) {
		f := c.codingFinding(faultline.Proven)
		f.Message, f.Brief = "the answer is gzip, and no `Content-Encoding` says so", "gzip without Content-Encoding"
		f.Expected, f.Found = "Content-Encoding: gzip", "no Content-Encoding, and the first bytes of a gzip file"
		return []faultline.Finding{f}
	}
	if charset := charsetOf(r.Header.Value("Content-Type")); (isJSON(c.ResponseType()) || charset == "utf-8" || charset == "utf8") && !utf8.Valid(clip(r.Body.Raw, mostScannedText)) && badRune(clip(r.Body.Raw, mostScannedText)) >= 0 {
		return []faultline.Finding{c.textFinding(faultline.Likely)}
	}
	return nil
}

// mostScannedText bounds what is checked for its charset.
const mostScannedText = 256 << 10

// gzipped: RFC 1952, section 2.3.1.
func gzipped(b []byte) bool { return bytes.HasPrefix(b, []byte{0x1f, 0x8b, 0x08}) }

// codingKnown reports whether faultline can remove the coding, so that a
// failure to do so says something.
func codingKnown(coding string) bool {
	switch strings.TrimSpace(coding) {
	case "gzip", "x-gzip", "deflate":
		return true
	}
	return false
}

// textual reports whether a media type is text, so that its bytes can be judged.
func textual(mediaType string) bool {
	return isJSON(mediaType) || isXML(mediaType) || strings.HasPrefix(mediaType, "text/") || mediaType == formType
}

// charsetOf is the charset parameter of a Content-Type, in lower case.
func charsetOf(contentType string) string {
	low := strings.ToLower(contentType)
	_, rest, ok := strings.Cut(low, "charset=")
	if !ok {
		return ""
	}
	rest, _, _ = strings.Cut(rest, ";")
	return strings.Trim(strings.TrimSpace(rest), `"'`)
}

// badRune is the offset of the first byte that is not UTF-8, -1 if there is
// none. A sequence that the end cuts off is not counted.
func badRune(b []byte) int {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			if len(b)-i < utf8.UTFMax && !utf8.FullRune(b[i:]) {
				return -1
			}
			return i
		}
		i += n
	}
	return -1
}

func (c *Case) codingFinding(s faultline.Strength) faultline.Finding {
	f := c.connectionFinding(s, "the body of the answer is not encoded the way that its headers say", "answer cannot be decoded")
	f.At = faultline.AtResponseHeader("Content-Encoding")
	f.Expected, f.Found = "a body that Content-Encoding describes", "other bytes"
	f.Retry = "it fails until the server is mended; without compression it may pass"
	f.Remedy = faultline.Remedy{Text: "let the server, or the proxy that compresses, set `Content-Encoding` only on what it has compressed, and once", Applicability: faultline.Guess, Steps: []faultline.Step{
		{Text: "let the server, or the proxy that compresses, set `Content-Encoding` only on what it has compressed, and once"},
		{Text: "until then, ask for no compression: `Accept-Encoding: identity`"},
	}}
	if r := c.Exchange.Response; r != nil {
		if coding := r.Header.Value("Content-Encoding"); coding != "" {
			f.Message = "the answer says `Content-Encoding: " + short(coding) + "`, and its body is not"
			f.Brief = "not " + short(coding)
			f.Found = "bytes that " + short(coding) + " cannot read"
			if len(r.Body.Raw) > 0 {
				f.Found = "a body that begins with " + firstBytes(r.Body.Raw)
			}
		}
	}
	return f
}

// firstBytes shows how a body begins: as text if it is text, else in hexadecimal.
func firstBytes(b []byte) string {
	b = clip(b, 12)
	for _, ch := range b {
		if ch < ' ' || ch > '~' {
			return "0x" + hexOf(clip(b, 4))
		}
	}
	return "`" + string(b) + "`"
}

func hexOf(b []byte) string {
	const digits = "0123456789abcdef"
	out := make([]byte, 0, 2*len(b))
	for _, ch := range b {
		out = append(out, digits[ch>>4], digits[ch&15])
	}
	return string(out)
}

func (c *Case) textFinding(s faultline.Strength) faultline.Finding {
	f := c.codingFinding(s)
	f.At = faultline.AtResponseHeader("Content-Type")
	f.Message, f.Brief = "the body of the answer is not UTF-8", "answer is not UTF-8"
	f.Expected, f.Found = "UTF-8, as JSON has to be (RFC 8259, section 8.1)", "bytes of another charset"
	f.Remedy = faultline.Remedy{Text: "let the server write UTF-8, or name the charset that it writes", Applicability: faultline.Guess}
	f.Retry = "it fails until the server is mended"
	return f
}
