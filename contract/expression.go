package contract

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

// An expression is a runtime expression (OpenAPI 3.1.0, section 4.8.20.4):
// $url, $method, $statusCode, or a part of the request or the response.
type expression struct {
	what     string // "url", "method", "statusCode", "header", "query", "path", "body"
	response bool
	name     string // of a header, query or path parameter; a JSON Pointer into a body
}

// A textPart is a fixed text or, where expr is set, an expression.
type textPart struct {
	text string
	expr *expression
}

// parseExpressions reads a text with runtime expressions in braces.
func parseExpressions(s string) ([]textPart, error) {
	var out []textPart
	for s != "" {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			return append(out, textPart{text: s}), nil
		}
		if open > 0 {
			out = append(out, textPart{text: s[:open]})
		}
		end := strings.IndexByte(s[open:], '}')
		if end < 0 {
			return nil, fmt.Errorf("the brace in `%s` has no partner", s)
		}
		e, err := parseExpression(s[open+1 : open+end])
		if err != nil {
			return nil, err
		}
		out = append(out, textPart{expr: &e})
		s = s[open+end+1:]
	}
	return out, nil
}

func parseExpression(s string) (expression, error) {
	switch s {
	case "$url", "$method", "$statusCode":
		return expression{what: s[1:]}, nil
	}
	var e expression
	source, ok := strings.CutPrefix(s, "$request.")
	if !ok {
		if source, ok = strings.CutPrefix(s, "$response."); !ok {
			return e, fmt.Errorf("`%s` is no runtime expression", s)
		}
		e.response = true
	}
	kind, rest, _ := strings.Cut(source, ".")
	if kind, pointer, found := strings.Cut(source, "#"); kind == "body" {
		if found && pointer != "" && pointer[0] != '/' {
			return e, fmt.Errorf("`%s` is no JSON Pointer", pointer)
		}
		return expression{what: "body", response: e.response, name: pointer}, nil
	}
	switch kind {
	case "header":
		if !isToken(rest) {
			return e, fmt.Errorf("`%s` is no name of a header", rest)
		}
	case "query", "path":
		if rest == "" {
			return e, errors.New("a runtime expression without the name of a parameter")
		}
	default:
		return e, fmt.Errorf("`%s` is no part of a message", source)
	}
	e.what, e.name = kind, rest
	return e, nil
}

// value is what the expression stands for in an exchange; ok is false where
// that is not there.
func (e *expression) value(ex *faultline.Exchange, p *Params) (string, bool) {
	switch e.what {
	case "url":
		return ex.Request.URL(), true
	case "method":
		return ex.Request.Method, true
	}
	if (e.response || e.what == "statusCode") && ex.Response == nil {
		return "", false
	}
	switch e.what {
	case "statusCode":
		return strconv.Itoa(ex.Response.Status), true
	case "header":
		if e.response {
			return ex.Response.Header.Get(e.name)
		}
		return ex.Request.Header.Get(e.name)
	case "body":
		if e.response {
			return ofBody(&ex.Response.Body, e.name)
		}
		return ofBody(&ex.Request.Body, e.name)
	case "query":
		return inQuery(&ex.Request, e.name)
	}
	param, ok := p.Get(e.name)
	v := piece{raw: param.Raw}
	return v.text(), ok
}

func inQuery(r *faultline.Request, name string) (string, bool) {
	for pair := queryPairs(r); pair.next(); {
		if sameName(pair.key, name) {
			return pair.text(), true
		}
	}
	return "", false
}

// ofBody is the scalar at a JSON Pointer, or the whole body.
func ofBody(b *faultline.Body, pointer string) (string, bool) {
	if pointer == "" {
		return string(b.Bytes()), !b.Empty()
	}
	var t tape.Tape
	if tape.Parse(&t, b.Bytes(), tape.Limits{}) != nil {
		return "", false
	}
	token, ok := t.Find(pointer)
	if !ok {
		return "", false
	}
	switch t.Tokens[token].Kind {
	case tape.String:
		return t.Text(token), true
	case tape.Object, tape.Array:
		return "", false
	}
	return string(t.Bytes(token)), true
}
