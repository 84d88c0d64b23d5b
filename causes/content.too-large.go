package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("content.too-large", contentTooLarge) }

// saysLargeBody is what servers say of a body as a whole.
var saysLargeBody = topic("large body",
	"request entity too large", "payload too large*", "content too large", "request body too large", "request body is too large", "body is too large", "body too large",
	"body exceeded", "body exceeds", "body size exceeds", "request too large", "request too long", "request is too large", "entity too large", "request_too_large",
	"request size limit exceeded", "request payload size exceeds", "payload size exceeds", "payload exceeds", "payload reached size limit", "larger than allowed (limit",
	"request payload is too large", "payload is too large", "content length limit", "length limit exceeded", "exceeds the maximum allowed content length", "content length too large",
	"request content length", "deny a request that exceeds the request content length", "maximum request length exceeded", "maximum request body size", "maximum content size limit",
	"post data is too large", "post too large*", "post_max_size", "post content length ~ exceeds the limit", "form is larger than max length", "form too large", "form with too many keys",
	"too many parameters", "too many fields", "too many form fields", "number of get/post parameters exceeded", "number of fields exceeded",
	"data_upload_max_memory_size", "request data too big", "exceeded settings.data_upload*", "exceeds the capacity limit", "capacity limit",
	"request must be smaller than", "message larger than max", "received message larger", "exceeded limit on max bytes to buffer", "data buffer limit exception",
	"ctp body too large", "function_payload_too_large", "requestbodytoolarge", "exceeds the maximum permissible", "plug.parsers.request too large",
	"your client issued a request that was too large", "client intended to send too large body", "exceeds the maximum size", "request exceeded the maximum size", "request exceeds the maximum",
	"client body too large", "chunked body too large", "max message length by", "max body length", "maxbodylength", "multipart body length limit", "request body length limit",
	"quota of incoming messages ~ exceeded", "maximum message size quota", "the request was rejected because its size", "size limit exceeded exception", "err_fr_max_body_length_exceeded")

// saysLargePart is what they say of a file or another part in it.
var saysLargePart = topic("large part",
	"file too large", "file is too large", "file size too large", "file size exceeds", "file size limit", "limit_file_size", "max upload size exceeded*", "maximum upload size exceeded",
	"exceeds its maximum permitted size", "upload_max_filesize", "file exceeds", "files too large", "attachment too large", "attachment is too large", "image too large", "image is too large",
	"part exceeded maximum size", "field value too long", "limit_field_value", "limit_part_count", "limit_file_count", "too many files", "too many parts", "maxfilesize", "max file size",
	"exceeds the maximum file size", "maximum file size", "maxtotalfilesize", "truncated as it exceeds", "uploaded file was too large", "upload size exceeds", "uploadtoolarge", "upload too large",
	"current file size is", "file size should be less", "fst_req_file_too_large", "multipart part limit", "may not be greater than ~ kilobytes", "media too large", "document too large")

// saysTokens is a limit of language models that some send with 413: it counts
// tokens over time, so waiting helps and a smaller body may not.
var saysTokens = topic("tokens a minute", "tokens per minute", "tokens per min", "rate limit*", "(tpm)")

// contentTooLarge finds bodies over a limit: 413 says so by definition (RFC
// 9110, section 15.5.14), others use words with 400, 404.13, 422 and 500.
func contentTooLarge(c *Case) []faultline.Finding {
	status := c.Status()
	if !c.Refused() || status == 0 || c.bodySent() == 0 && status != 413 || status == 429 || status == 431 || status == 414 {
		return c.unsentTooLarge()
	}
	part := c.says(saysLargePart)
	switch {
	case status == 413 && c.says(saysTokens, saysLongURL, saysLargeHead):
		return nil
	case status == 413 && c.Exchange.Request.Body.Empty() && c.Exchange.Request.Header.Value("Content-Length") == "" && !c.takesBody():
		return nil // nothing was sent: what is too large is the head, or the answer
	case status == 413:
		return []faultline.Finding{c.largeBody(faultline.Proven, part)}
	case part && c.speaksOfRequest(), c.says(saysLargeBody) && status != 401 && status != 403:
		return []faultline.Finding{c.largeBody(faultline.Likely, part)}
	}
	return nil
}

// unsentTooLarge: a client may have a limit of its own (axios: maxBodyLength).
func (c *Case) unsentTooLarge() []faultline.Finding {
	if c.Exchange.Response != nil || c.Exchange.Request.Body.Empty() || !c.clientSays(saysLargeBody) {
		return nil
	}
	f := c.largeBody(faultline.Likely, false)
	f.Evidence = c.clientWords()
	f.Remedy = faultline.Remedy{Text: "raise the limit of the client library, or send the body in parts", Applicability: faultline.Guess}
	return []faultline.Finding{f}
}

func (c *Case) largeBody(s faultline.Strength, part bool) faultline.Finding {
	size := c.bodySent()
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtBody("", faultline.Span{}),
		Message:  "the body is larger than the server takes",
		Brief:    "body too large",
		Expected: "a smaller body",
		Found:    "a body",
		Evidence: c.saidOnPage(),
		Remedy:   faultline.Remedy{Text: "send less in one call: split it, compress it, or upload the file elsewhere and send its address", Applicability: faultline.Guess},
		Retry:    failsAlways,
		Rank:     deeper,
	}
	if size > 0 {
		f.Message += fmt.Sprintf(": %d bytes", size)
		f.Brief = fmt.Sprintf("body of %d bytes", size)
		f.Found = fmt.Sprintf("%d bytes", size)
	}
	if c.says(saysLargeBody) && c.BodySays("too many") {
		f.Message, f.Brief = "the body has more fields than the server takes", "too many fields in the body"
	}
	if file := c.largestPart(); part && file != nil {
		f.At = file.at()
		f.Message = fmt.Sprintf("`%s` is larger than the server takes: %d bytes", file.name(), file.span.End-file.span.Start)
		f.Brief = fmt.Sprintf("`%s` of %d bytes", file.name(), file.span.End-file.span.Start)
	}
	if limit := c.limitSaid(); limit != "" {
		f.Expected = limit
	}
	f.Remedy.Steps = append([]faultline.Step{{Text: f.Remedy.Text}}, c.limitStep(bodySize)...)
	return f
}

// bodySent is how many bytes the body has, as far as that is known.
func (c *Case) bodySent() int64 {
	announced, ok := parseCount(c.Exchange.Request.Header.Value("Content-Length"))
	if ok && announced > c.Exchange.Request.Body.Size {
		return announced
	}
	return c.Exchange.Request.Body.Size
}

// parseCount reads a Content-Length: digits alone (RFC 9110, section 8.6).
func parseCount(text string) (int64, bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 18 {
		return 0, false
	}
	var n int64
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(text[i]-'0')
	}
	return n, true
}

// largestPart is the part of a multipart form that takes up the most.
func (c *Case) largestPart() *reqField {
	v := c.body()
	if v.format != multipartBody {
		return nil
	}
	var out *reqField
	for i := range v.fields() {
		f := &v.fields()[i]
		if out == nil || f.span.End-f.span.Start > out.span.End-out.span.Start {
			out = f
		}
	}
	return out
}
