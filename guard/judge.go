package guard

import (
	"errors"
	"net/http"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/coding"
)

// judgeRequest asks the contract once whether it takes the request.
func (c *Call) judgeRequest() {
	if c.request != pending {
		return
	}
	r := &c.Exchange.Request
	c.request = c.watched.requestWatch().outcome(c.unjudged(r.Header, &r.Body))
	if c.request != pending {
		return
	}
	if !c.match.Operation.ValidRequest(r, c.match.Params) {
		c.request = breaks
		return
	}
	c.request = read(c.match.Operation.Unjudged(r))
}

// judgeAnswer asks the contract whether the answer keeps it. What cannot be
// judged is counted and passes.
func (c *Call) judgeAnswer() {
	ex := c.Exchange
	op, r := c.match.Operation, ex.Response
	switch {
	case c.refused:
		c.answer = ownAnswer
	case r == nil:
		c.answer = noAnswer
	case c.watched != nil && c.watched.upgraded:
		c.answer = upgraded
	case op == nil:
		c.answer = undescribed
		if len(c.rules.contracts) == 0 {
			c.answer = noContract
		}
	case ex.Request.Method == http.MethodHead || r.Status == http.StatusNotModified || r.Status < 200:
		c.answer = noContent
	default:
		c.answer = c.watched.responseWatch().outcome(c.unjudged(r.Header, &r.Body))
	}
	if c.answer != pending {
		return
	}
	var ok bool
	if ok, c.look = op.ReadResponse(r); !ok {
		c.answer = breaks
		return
	}
	c.answer = read(op.UnjudgedResponse(r))
}

// read tells a message that keeps the contract from one whose body was not
// looked at: the contract takes both.
func read(unjudged string) outcome {
	if unjudged != "" {
		return notRead
	}
	return keeps
}

// unjudged says why a message of the operation cannot be held to the contract,
// or pending if it can be.
func (c *Call) unjudged(h faultline.Header, b *faultline.Body) outcome {
	switch {
	case c.match.Operation.Unverified() != "":
		return notSupported
	case b.Truncated && b.Size > c.rules.opts.BodyLimit:
		return tooLarge
	case b.Truncated:
		return cutOff
	}
	return c.decode(h, b)
}

// decode removes the content coding for looking; what travels stays as it is.
// It says why the content cannot be judged, if so. A body that is not in the
// coding that it claims is the contract's to judge.
func (c *Call) decode(h faultline.Header, b *faultline.Body) outcome {
	if b.Decoded != nil || len(b.Raw) == 0 {
		return pending
	}
	value := contentEncoding(h)
	if value == "" {
		b.Decoded = b.Raw
		return pending
	}
	err := coding.Decode(b, value, c.rules.opts.BodyLimit)
	switch {
	case errors.Is(err, faultline.ErrCoding):
		return notDecoded
	case errors.Is(err, faultline.ErrExpanded):
		return tooLarge
	}
	return pending
}

// contentEncoding is the value of all fields together (RFC 9110, section 5.3).
func contentEncoding(h faultline.Header) string {
	value, coded := h.Get("Content-Encoding")
	if !coded {
		return ""
	}
	if all := h.Values("Content-Encoding"); len(all) > 1 {
		return strings.Join(all, ",")
	}
	return value
}

// requestStatus is the status that tells most of what is wrong and, where no
// cause of the catalogue says what that is, the contract's own words.
func (c *Call) requestStatus() (status int, why string) {
	auth, media, accept := false, false, false
	for i, f := range c.d.Findings {
		auth = auth || f.Cause.Slug.Family() == "auth"
		media = media || i == 0 && unsupportedMedia(f.Cause.Slug)
		accept = accept || i == 0 && f.Cause.Slug == "content.not-acceptable"
	}
	if len(c.d.Findings) == 0 {
		for i, v := range c.match.Operation.ExplainRequest(&c.Exchange.Request, c.match.Params) {
			auth = auth || v.Kind == contract.Credential
			media = media || i == 0 && (v.Kind == contract.MediaType || v.Kind == contract.MediaTypeMissing || v.Kind == contract.Coding)
			accept = accept || i == 0 && v.Kind == contract.NotAcceptable
			if i == 0 {
				why = v.Message
			}
		}
	}
	switch {
	case auth:
		// Who is not known learns nothing else first (RFC 9110, section 15.5.2).
		return http.StatusUnauthorized, why
	case media:
		return http.StatusUnsupportedMediaType, why
	case accept:
		return http.StatusNotAcceptable, why
	}
	has400, _ := c.match.Operation.Documents(http.StatusBadRequest)
	has422, _ := c.match.Operation.Documents(http.StatusUnprocessableEntity)
	if has422 && !has400 {
		return http.StatusUnprocessableEntity, why
	}
	return http.StatusBadRequest, why
}

// unsupportedMedia are the causes that RFC 9110, section 15.5.16, describes:
// the media type or the coding is refused, not what stands in it.
func unsupportedMedia(slug faultline.Slug) bool {
	return slug == "content.type-missing" || slug == "content.type-unsupported" || slug == "content.encoding"
}

func (c *Call) refusesUndocumented() bool {
	switch c.rules.opts.Undocumented {
	case PassUndocumented:
		return false
	case BlockUndocumented:
		return true
	}
	return c.rules.opts.Mode == Block
}

// preflight recognises the question that a browser asks before a call (Fetch
// standard, section 3.2.2). Contracts seldom describe it, and to refuse it
// would break calls that they do describe.
func (c *Call) preflight() bool {
	r := &c.Exchange.Request
	return r.Method == http.MethodOptions && r.Header.Has("Origin") && r.Header.Has("Access-Control-Request-Method")
}

func (c *Call) refuse(status int) *Refusal {
	c.diagnose()
	return &Refusal{Status: status, Action: faultline.ActionBlocked, Diagnosis: c.d}
}

// challenges makes the WWW-Authenticate fields that a 401 must carry (RFC 9110,
// section 15.5.2), one for each scheme that would be taken.
func challenges(alternatives [][]contract.SecurityScheme) faultline.Header {
	var out faultline.Header
	seen := map[string]bool{}
	for _, set := range alternatives {
		for _, s := range set {
			value := challenge(s)
			if value != "" && !seen[value] {
				seen[value] = true
				out = append(out, faultline.Field{Name: "WWW-Authenticate", Value: value})
			}
		}
	}
	if len(out) == 0 {
		out = faultline.Header{{Name: "WWW-Authenticate", Value: `Bearer`}}
	}
	return out
}

func challenge(s contract.SecurityScheme) string {
	switch {
	case s.Type == "oauth2" || s.Type == "openIdConnect" || s.Type == "http" && s.Scheme == "bearer":
		return "Bearer"
	case s.Type == "http" && s.Scheme == "basic":
		// RFC 7617, section 2: realm is required.
		return `Basic realm="` + quotable(s.Name) + `", charset="UTF-8"`
	case s.Type == "http" && s.Scheme != "":
		return s.Scheme
	case s.Type == "apiKey":
		// No scheme is registered for keys; the parameters say where the key goes.
		return `ApiKey in="` + string(s.In) + `", name="` + quotable(s.Field) + `"`
	}
	return ""
}

// quotable leaves out what would break a quoted-string (RFC 9110, section 5.6.4).
func quotable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return -1
		}
		return r
	}, s)
}
