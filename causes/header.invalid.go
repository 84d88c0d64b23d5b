package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("header.invalid", headerInvalid) }

// headerInvalid finds header fields that no server may accept (RFC 9110,
// section 5), that the status is about, or that the server complains of.
func headerInvalid(c *Case) []faultline.Finding {
	if !c.Refused() && !c.headerFailure() && !c.judged() {
		return nil
	}
	if f, ok := c.brokenField(); ok {
		return []faultline.Finding{f}
	}
	if f, ok := c.unknownAction(); ok {
		return []faultline.Finding{f}
	}
	if f, ok := c.fieldOfStatus(); ok {
		return []faultline.Finding{f}
	}
	var out []faultline.Finding
	for _, kind := range []contract.Kind{contract.Type, contract.Value, contract.Null, contract.Duplicate, contract.Unknown} {
		for _, part := range []faultline.Part{faultline.InHeader, faultline.InCookie} {
			for v := range c.violated(kind, part) {
				f := c.asFinding(*v)
				if kind == contract.Unknown { // of a contract that is read strictly
					f.Brief = fmt.Sprintf("`%s` not declared", short(v.At.Name))
					f.Remedy = dropField(*v)
				} else {
					c.choose(&f, *v)
				}
				out = append(out, f)
			}
		}
	}
	for _, kind := range []words.Kind{words.Type, words.Value} {
		for _, b := range c.blamed(kind, faultline.InHeader) {
			if c.covered(b) || b.field == nil || strings.EqualFold(b.name, "Authorization") || strings.EqualFold(b.name, "Content-Type") {
				continue
			}
			f := c.saidFinding(b)
			f.Message = fmt.Sprintf("the server does not accept the value of `%s`", b.name)
			f.Brief = "`" + b.name + "` refused"
			out = append(out, f)
		}
	}
	return c.byCode("header.invalid", out, "the server does not accept the value of a header")
}

// saysNoAction are the words of SOAP servers that have no operation for the field SOAPAction: WCF, ASMX, CXF, Axis2, Spring-WS, SoapUI's mocks.
var saysNoAction = topic("no such SOAP action", "contract filter mismatch*", "contractfilter mismatch*", "actionnotsupported", "action not supported", "did not recognize the value of http header soapaction", "did not recognize the value of http header soap action", "did not recognize the value of http header*",
	"given soapaction ~ does not match an operation", "given soap action ~ does not match an operation", "soapaction ~ not match*", "soap action ~ not match*", "invalid soapaction*", "invalid soap action*", "unknown soapaction*", "unknown soap action*", "the operation to be invoked cannot be determined", "operation not found epr is*", "epr for the operation not found*", "no binding operation info while invoking unknown method",
	"missing operation for soap action*", "missing operation for soapaction*")

// unknownAction: SOAP 1.1, section 6.1.1: SOAPAction says what the call is for, and many servers choose the operation by it.
func (c *Case) unknownAction() (faultline.Finding, bool) {
	action, sent := c.Exchange.Request.Header.Get("SOAPAction")
	if !sent || c.Status() < 400 && !c.ErrorInside() || !c.says(saysNoAction) {
		return faultline.Finding{}, false
	}
	f := c.fieldFinding("SOAPAction", "the server has no operation for the value of `SOAPAction`", faultline.Span{}, "the action that the WSDL gives the operation (`soapAction` of the binding)")
	f.Strength = faultline.Likely
	f.Found = short(action)
	f.Evidence = c.serverWords()
	f.Remedy = faultline.Remedy{Text: "copy `soapAction` of the operation from the WSDL, with its namespace and in quotes", Applicability: faultline.Guess}
	return f, true
}

// dropField offers the declared name that was probably meant, else to leave the
// field out.
func dropField(v contract.Violation) faultline.Remedy {
	if near, ok := Near(v.At.Name, v.Declared); ok {
		return faultline.Remedy{Text: fmt.Sprintf("rename to `%s`", near), Applicability: faultline.Guess}
	}
	out := faultline.Remedy{Text: "drop `" + short(v.At.Name) + "`, or declare it", Applicability: faultline.Guess}
	if v.At.In == faultline.InHeader {
		out.Patch = []faultline.Edit{{Op: "remove", In: faultline.InHeader, Name: v.At.Name}}
	}
	return out
}

// headerFailure reports whether the client refused to send the request for a header.
func (c *Case) headerFailure() bool {
	return c.clientSays(saysBadHeader)
}

// saysBadHeader is what clients say of a header that they do not send.
var saysBadHeader = topic("bad header",
	"invalid header*", "header field", "header value", "header name", "header names", "header values", "illegal header*", "header content contains invalid", "invalidheader*", "invalid character in header*", "illegal character in header*", "err_invalid_char", "invalid http header*", "unexpected char ~ in header", "unexpected char ~ value", "headers.append*", "headers.set*", "failed to parse header*", "invalid value \"")

// brokenField finds a field line that is not one: a blank in the name, a line
// break in the value. Servers answer it with a bare 400, clients refuse it.
func (c *Case) brokenField() (faultline.Finding, bool) {
	if c.Status() != 400 && !c.headerFailure() && !c.Unsent() {
		return faultline.Finding{}, false
	}
	for _, h := range c.Exchange.Request.Header {
		if strings.HasPrefix(h.Name, ":") {
			continue // a pseudo-header of HTTP/2 in a capture
		}
		if i := notToken(h.Name); i >= 0 || h.Name == "" {
			return c.fieldFinding(h.Name, "the header name `"+short(h.Name)+"` has a character that no header name may have", faultline.Span{}, "a name of letters, digits and `-`"), true
		}
		if i := strings.IndexFunc(h.Value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }); i >= 0 {
			f := c.fieldFinding(h.Name, fmt.Sprintf("the value of `%s` holds a line break or another control character", h.Name), faultline.Span{Start: i, End: i + 1}, "a value on one line")
			f.Remedy.Text = "trim the value before it is sent: a token read from a file often ends with a line break"
			if clean := strings.TrimSpace(h.Value); i >= len(clean) && !secretName(h.Name) {
				f.Remedy.Patch = []faultline.Edit{{Op: "replace", In: faultline.InHeader, Name: h.Name, Value: clean}}
			}
			return f, true
		}
	}
	if c.BodySays("invalid header", "malformed header", "bad header", "illegal header") && len(c.blamed(words.Value, faultline.InHeader)) == 0 {
		return faultline.Finding{
			Strength: faultline.Likely, At: faultline.Location{In: faultline.InHeader}, Message: "the server cannot read one of the headers",
			Brief: "a header is not readable", Evidence: []faultline.Evidence{said(c.Said())}, Retry: failsAgain,
			Remedy: faultline.Remedy{Text: "send the headers one by one to find the one that is refused", Applicability: faultline.Guess},
		}, true
	}
	return faultline.Finding{}, false
}

// notToken is the index of the first byte that a field name may not have
// (RFC 9110, section 5.6.2), or -1.
func notToken(name string) int {
	for i := range len(name) {
		ch := name[i]
		if '0' <= ch && ch <= '9' || 'a' <= ch|0x20 && ch|0x20 <= 'z' || strings.IndexByte("!#$%&'*+-.^_`|~", ch) >= 0 {
			continue
		}
		return i
	}
	return -1
}

func (c *Case) fieldFinding(name, message string, span faultline.Span, expected string) faultline.Finding {
	at := faultline.AtHeader(name)
	at.Span = span
	return faultline.Finding{
		Strength: faultline.Proven, At: at, Message: message, Brief: message, Expected: expected, Rank: deeper,
		Remedy: faultline.Remedy{Text: "write the header as RFC 9110 has it: a name without blanks, a value on one line", Applicability: faultline.Guess},
		Retry:  failsAgain,
	}
}

// fieldOfStatus reads the statuses that are about one header by definition.
func (c *Case) fieldOfStatus() (faultline.Finding, bool) {
	h := c.Exchange.Request.Header
	switch {
	case c.Status() == 416 && h.Has("Range"): // RFC 9110, section 15.5.17
		f := c.statusField("Range", "the range that `Range` asks for is not there")
		if size := c.Exchange.Response.Header.Value("Content-Range"); size != "" {
			f.Evidence = append(f.Evidence, said("Content-Range: "+size))
			f.Expected = "a range inside " + strings.TrimPrefix(strings.TrimPrefix(size, "bytes "), "*/") + " bytes"
		}
		f.Remedy.Text = "ask for a range inside the size that `Content-Range` gives"
		return f, true
	case c.Status() == 417 && h.Has("Expect"): // section 15.5.18
		f := c.statusField("Expect", "the server does not meet the expectation in `Expect`")
		f.Expected = "100-continue"
		f.Remedy = faultline.Remedy{Text: "drop `Expect`", Applicability: faultline.Guess, Patch: []faultline.Edit{{Op: "remove", In: faultline.InHeader, Name: "Expect"}}}
		return f, true
	case c.Status() == 501 || c.Status() == 400 || c.Status() == 411:
		// RFC 9112, section 6.1: a transfer coding that is not understood is answered with 501.
		if te := strings.ToLower(h.Value("Transfer-Encoding")); te != "" && te != "chunked" {
			f := c.statusField("Transfer-Encoding", "the server does not know the transfer coding `"+short(te)+"`")
			f.Expected = "chunked, or a Content-Length"
			f.Remedy = faultline.Remedy{Text: "leave `Transfer-Encoding` to the HTTP library", Applicability: faultline.Guess, Patch: []faultline.Edit{{Op: "remove", In: faultline.InHeader, Name: "Transfer-Encoding"}}}
			return f, true
		}
	}
	return faultline.Finding{}, false
}

func (c *Case) statusField(name, message string) faultline.Finding {
	f := c.fieldFinding(name, message, faultline.Span{}, "")
	f.Found = c.Exchange.Request.Header.Value(name)
	f.At.Span = faultline.Span{End: len(f.Found)}
	return f
}
