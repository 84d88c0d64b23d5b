package causes

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

func init() { register("content.charset", contentCharset) }

// saysCharset is what servers say of a charset that they do not take.
var saysCharset = topic("charset",
	"unsupported charset*", "unsupported character set", "invalid charset", "invalid_charset", "unknown charset", "charset not supported", "charset ~ is not supported", "charset is not", "charset ~ not allowed", "charset ~ unsupported", "charset.unsupported", "unsupported character encoding", "unsupported encoding \"iso*", "illegal charset name", "illegalcharsetname*", "unsupportedcharset*", "character encoding ~ not supported", "is not a supported encoding", "only utf 8 ~ supported", "must be utf 8", "must be encoded in utf 8", "expected utf 8", "should be utf 8 encoded")

// saysBadBytes is what they say of bytes that are not of the charset.
var saysBadBytes = topic("bad bytes",
	"invalid utf 8*", "invalid utf8*", "invalid byte sequence*", "codec can't decode byte*", "malformed utf 8*", "malformed utf8*", "stream did not contain valid utf 8", "not valid utf 8", "not valid utf8", "non utf 8*", "invalid unicode*", "unicode decode error", "unable to translate bytes", "malformed input around byte", "malformed input exception", "invalid continuation byte", "invalid start byte", "character conversion", "not utf 8 encoded", "illegal utf 8*", "invalid encoding ~ utf 8", "incorrect string value", "contains invalid utf*", "invalid multibyte*", "bad utf 8*", "byte order mark", "utf 8 bom", "u+feff", "unexpected utf 8 bom*", "invalid character 'ï'", "invalid character '\\xef'", "invalid character 'þ'", "utf 16")

// A charsetSlip is the first byte of a body that is not UTF-8, or what stands
// in front of it.
type charsetSlip struct {
	what, found string
	span        faultline.Span
	mark        bool // a byte order mark
}

// charsetSlip looks at the bytes of a text body: JSON is UTF-8 without a mark
// (RFC 8259, section 8.1), and what declares no charset mostly counts as that.
func (c *Case) charsetSlip() (charsetSlip, bool) {
	s := c.known.charset.get(c.findCharsetSlip)
	return s, s.what != ""
}

func (c *Case) findCharsetSlip() charsetSlip {
	body := clip(c.RequestBody(), mostScannedText)
	if len(body) == 0 || !textual(c.RequestType()) && c.RequestType() != "" || c.encoded() || gzipped(body) {
		return charsetSlip{}
	}
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		var t tape.Tape
		if !isJSON(c.RequestType()) || tape.Parse(&t, body[3:], tape.Limits{}) != nil {
			return charsetSlip{} // more is wrong than the mark, or it does no harm
		}
		return charsetSlip{what: "the body begins with a byte order mark", found: "the bytes EF BB BF in front of the text", span: faultline.Span{End: 3}, mark: true}
	case bytes.HasPrefix(body, []byte("\xff\xfe")), bytes.HasPrefix(body, []byte("\xfe\xff")), len(body) > 3 && (body[1] == 0 && body[0] == '{' || body[0] == 0 && body[1] == '{'):
		return charsetSlip{what: "the body is UTF-16", found: "two bytes for each letter", span: faultline.Span{End: 2}}
	}
	at := badRune(body)
	if at < 0 {
		return charsetSlip{}
	}
	return charsetSlip{
		what:  fmt.Sprintf("the body is not UTF-8: byte %d is 0x%02X", at, body[at]),
		found: fmt.Sprintf("0x%02X at byte %d%s", body[at], at, asLatin(body[at])),
		span:  faultline.Span{Start: at, End: at + 1},
	}
}

// asLatin says which letter a byte is in Latin-1, which is what most wrong bytes are.
func asLatin(b byte) string {
	if b < 0xa0 {
		return ""
	}
	return ", `" + string(rune(b)) + "` in Latin-1"
}

// contentCharset finds bodies and queries whose letters the server cannot read.
func contentCharset(c *Case) []faultline.Finding {
	if !c.Refused() || !c.Unsent() && !c.speaksOfRequest() && c.Status() != 404 {
		return nil
	}
	if f, ok := c.latinQuery(); ok {
		return []faultline.Finding{f}
	}
	if c.Exchange.Request.Body.Empty() || c.Status() == 404 {
		return nil
	}
	charset := charsetOf(c.Exchange.Request.Header.Value("Content-Type"))
	slip, found := c.charsetSlip()
	switch told := c.says(saysCharset); {
	case told && charset != "":
		return []faultline.Finding{c.refusedCharset(charset, faultline.Proven)}
	case found && other(charset) && !slip.mark:
		f := c.refusedCharset(charset, faultline.Likely)
		f.Caret = "the bytes are as it says; the server reads UTF-8"
		return []faultline.Finding{f}
	case found && (told || c.says(saysBadBytes) || c.status4xx() && c.unreadBody() || c.Unsent() || c.Status() == 500 && !slip.mark):
		return []faultline.Finding{c.badBytes(slip)}
	case told && c.Status() == 415:
		return []faultline.Finding{c.refusedCharset(charset, faultline.Likely)}
	}
	return nil
}

// other reports whether a charset is declared that is not UTF-8 or a part of it.
func other(charset string) bool {
	switch charset {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return false
	}
	return true
}

func (c *Case) refusedCharset(charset string, s faultline.Strength) faultline.Finding {
	value := c.Exchange.Request.Header.Value("Content-Type")
	f := c.charsetFinding(s, "the server does not take the charset `"+short(charset)+"`")
	if charset == "" {
		f.Message = "the server does not take the charset of the body"
	}
	f.At = faultline.AtHeader("Content-Type")
	if at := indexFold(value, "charset"); at >= 0 {
		f.At.Span = faultline.Span{Start: at, End: len(value)}
	}
	f.Expected, f.Found = "charset=utf-8, or no charset at all", short(value)
	f.Remedy.Text = "encode the body as UTF-8, and say `charset=utf-8` or nothing"
	return f
}

func (c *Case) badBytes(slip charsetSlip) faultline.Finding {
	f := c.charsetFinding(faultline.Proven, slip.what)
	f.At = faultline.AtBody("", c.placed(slip.span))
	f.Expected, f.Found = "UTF-8 without a byte order mark", slip.found
	f.Caret = "not UTF-8"
	if slip.mark {
		f.Caret = "drop it"
		f.Remedy.Text = "write the file as UTF-8 without a byte order mark"
	}
	return f
}

func (c *Case) charsetFinding(s faultline.Strength, message string) faultline.Finding {
	return faultline.Finding{
		Strength: s,
		Message:  message,
		Brief:    message,
		Evidence: c.serverWords(),
		Remedy:   faultline.Remedy{Text: "encode the text as UTF-8 before it is sent", Applicability: faultline.Guess},
		Retry:    failsAlways,
		Rank:     deeper + 2,
	}
}

// latinQuery finds percent-encoded bytes that are not UTF-8 in a URL that the
// server refuses: encodeURIComponent writes UTF-8, escape and old libraries do not.
func (c *Case) latinQuery() (faultline.Finding, bool) {
	target := c.Exchange.Request.Target
	if len(target) > maxMend || strings.IndexByte(target, '%') < 0 || !c.Unsent() && !c.says(saysBadBytes) && (c.Status() != 400 || !c.bareRefusal()) {
		return faultline.Finding{}, false
	}
	if _, broken := scanTarget(target); broken {
		return faultline.Finding{}, false
	}
	text, places := decodedTarget(target)
	at := badRune(text)
	if at < 0 {
		return faultline.Finding{}, false
	}
	span := faultline.Span{Start: places[at], End: min(places[at]+3, len(target))}
	f := c.charsetFinding(faultline.Likely, "`"+target[span.Start:span.End]+"` in the URL is not UTF-8")
	f.At = c.targetPlace(urlSlip{start: span.Start, end: span.End})
	f.Expected = "the percent-encoded bytes of UTF-8"
	f.Found = "`" + target[span.Start:span.End] + "`" + asLatin(text[at])
	f.Remedy.Text = "encode text as UTF-8 before it is percent-encoded: `" + percent(string(rune(text[at]))) + "`"
	return f, true
}

// decodedTarget is the target without percent-encoding, and where each byte stood.
func decodedTarget(target string) (text []byte, places []int) {
	for i := 0; i < len(target); i++ {
		places = append(places, i)
		if target[i] == '%' && escape(target[i:]) {
			text = append(text, unhex(target[i+1])<<4|unhex(target[i+2]))
			i += 2
			continue
		}
		text = append(text, target[i])
	}
	return text, places
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
