package causes

import (
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/words"
)

// fieldsIn lists the fields of the part that the server names, else those of
// body, query and headers in this order.
func (c *Case) fieldsIn(in words.Place) []reqField {
	switch in {
	case words.Body:
		if len(c.body().fields()) == 0 && c.hasNoBody() {
			return c.queryFields()
		}
		return c.body().fields()
	case words.Query:
		if q := c.queryFields(); len(q) > 0 || !c.hasForm() {
			return q
		}
		return c.body().fields() // "request parameter" is Java's word for query and form alike
	case words.Path:
		return nil
	case words.Params:
		return c.queryFields()
	case words.Header, words.Cookie:
		return nil
	}
	return append(slices.Clip(c.body().fields()), c.queryFields()...)
}

func (c *Case) hasNoBody() bool { return c.body().format == noBody }

func (c *Case) hasForm() bool {
	return c.body().format == formBody || c.body().format == multipartBody
}

// home is the part in which something stands that the request does not have.
func (c *Case) home(in words.Place) faultline.Part {
	switch in {
	case words.Body:
		if c.hasNoBody() && (c.Exchange.Request.Method == "GET" || c.Exchange.Request.Method == "HEAD") {
			return faultline.InQuery // frameworks that read all input the same way
		}
		return faultline.InBody
	case words.Query:
		if c.hasForm() && c.Exchange.Request.Query() == "" {
			return faultline.InBody
		}
		return faultline.InQuery
	case words.Path:
		return faultline.InPath
	case words.Header:
		return faultline.InHeader
	case words.Cookie:
		return faultline.InCookie
	case words.Params:
		if c.Exchange.Request.Query() == "" {
			return faultline.InPath
		}
		return faultline.InQuery
	}
	if c.hasNoBody() && !c.takesBody() {
		if c.Exchange.Request.Query() == "" {
			return faultline.InPath
		}
		return faultline.InQuery
	}
	return faultline.InBody
}

// takesBody reports whether the method is one whose requests have content. Of a
// request that was not shown it may be: bodies are what servers complain of most.
func (c *Case) takesBody() bool {
	switch c.Exchange.Request.Method {
	case "POST", "PUT", "PATCH":
		return true
	case "":
		return c.Exchange.Unseen.Any(faultline.UnseenRequestBody) || c.noRequest()
	}
	return false
}

// noRequest reports whether only an answer is known: the output of `curl -i`, the body of an error. What
// such a request lacks was not shown, which does not say that it was not sent.
func (c *Case) noRequest() bool {
	r := &c.Exchange.Request
	return r.Method == "" && r.Target == "" && len(r.Header) == 0
}
