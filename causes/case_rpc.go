package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// The error codes of JSON-RPC 2.0, section 5.1.
const (
	rpcInvalidRequest = "-32600"
	rpcNoMethod       = "-32601"
	rpcInvalidParams  = "-32602"
)

// rpcCode is the code of a JSON-RPC error; empty unless the request is a call as well.
func (c *Case) rpcCode() string {
	if c.answer().Get("error") == nil || c.body().format != jsonBody || c.body().fields()[0].kind != "object" {
		return ""
	}
	if findHead(c.body().fields(), []string{"method"}) == nil && findHead(c.body().fields(), []string{"jsonrpc"}) == nil {
		return ""
	}
	if answer := c.answer(); answer.Get("jsonrpc") != nil || answer.Get("id") != nil || answer.Get("error").Get("data") == nil {
		return answer.Get("error").Get("code").Text()
	}
	return ""
}

// rpcBlame reads the code where the server's words name nothing: what is wrong
// with the envelope, the request itself shows.
func (c *Case) rpcBlame() (blame, bool) {
	b := blame{in: faultline.InBody, complaint: words.Complaint{Text: c.answer().Get("error").Get("message").Text()}}
	fields := c.body().fields()
	switch c.rpcCode() {
	case rpcInvalidRequest:
		version, method := findHead(fields, []string{"jsonrpc"}), findHead(fields, []string{"method"})
		switch {
		case version == nil:
			b.kind, b.name = words.Missing, "jsonrpc"
			b.complaint.Field = []string{"jsonrpc"}
			return c.tieAbsent(b)
		case method == nil:
			b.kind, b.name = words.Missing, "method"
			b.complaint.Field = []string{"method"}
			b, _ = c.tieAbsent(b)
			b.sure = true
			return b, true
		case version.text != "2.0" || version.kind != "string":
			return b.on(version, words.Value), true
		case method.kind != "string":
			return b.on(method, words.Type), true
		}
	case rpcInvalidParams:
		params := findHead(fields, []string{"params"})
		if params == nil {
			b.complaint.Field = []string{"params"}
			return c.tieAbsent(b)
		}
		return b.on(params, words.Value), true
	}
	return b, false
}

// on ties a blame to a field that is there.
func (b blame) on(f *reqField, kind words.Kind) blame {
	b.kind, b.field, b.in, b.at, b.name = kind, f, f.in, f.at(), f.name()
	return b
}

// unknownProcedure is the unknown route of an API that has one path for all.
func (c *Case) unknownProcedure() (faultline.Finding, bool) {
	if c.rpcCode() != rpcNoMethod {
		return faultline.Finding{}, false
	}
	method := findHead(c.body().fields(), []string{"method"})
	if method == nil {
		return faultline.Finding{}, false
	}
	at := method.at()
	at.Span = c.placed(at.Span)
	return faultline.Finding{
		Strength: faultline.Likely,
		At:       at,
		Message:  fmt.Sprintf("the server has no method `%s`", short(method.text)),
		Brief:    "no method " + short(method.text),
		Expected: "a method that the API has",
		Found:    method.shown(),
		Evidence: []faultline.Evidence{said(c.answer().Get("error").Get("message").Text())},
		Remedy:   faultline.Remedy{Text: "compare the method's name with the API's documentation, letter by letter", Applicability: faultline.Guess},
		Retry:    failsAgain,
	}, true
}

// procedureCall reports whether the answer is that of tRPC, which reads the
// arguments of a query from the one parameter `input`.
func (c *Case) procedureCall() bool {
	data := c.answer().Get("error").Get("data")
	return data.Get("httpStatus") != nil && data.Get("path") != nil
}
