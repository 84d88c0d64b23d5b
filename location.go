package faultline

import (
	"fmt"
	"strconv"
	"strings"
)

// Side tells which message of an exchange a location is in.
type Side uint8

// The two messages of an exchange.
const (
	RequestSide Side = iota
	ResponseSide
)

func (s Side) String() string {
	if s == ResponseSide {
		return "response"
	}
	return "request"
}

// Part is the part of a message that a location is in.
type Part string

// The parts of a message, as diagnosis/1 spells them.
const (
	InBody       Part = "body"
	InHeader     Part = "header"
	InQuery      Part = "query"
	InPath       Part = "path"
	InCookie     Part = "cookie"
	InTarget     Part = "target" // the request line: its method or its target as a whole
	InStatus     Part = "status"
	InConnection Part = "connection" // below HTTP
	InMessage    Part = "message"    // the bytes of a message that is not well-formed HTTP: of its head, or of its body as it travelled
)

// A Location is the place of a finding in an exchange.
type Location struct {
	Side    Side
	In      Part
	Name    string // of the header, parameter or cookie; "method" in InTarget; of the field in InMessage, if it is in one
	Pointer string // JSON Pointer (RFC 6901) into the body or a structured parameter
	Span    Span   // bytes of the part: of the body, of the header's value, of the request target; its Line is 0 in a body that is InMessage
}

// A Span is a range of bytes, and where it begins as people count.
type Span struct {
	Start, End   int // byte offsets, End exclusive
	Line, Column int // 1-based; the column counts code points; 0 if not known
}

// IsZero reports whether the span says nothing.
func (s Span) IsZero() bool { return s == Span{} }

// AtBody is the place of a JSON Pointer in the request body.
func AtBody(pointer string, span Span) Location {
	return Location{In: InBody, Pointer: pointer, Span: span}
}

// AtHeader is the place of a request header field.
func AtHeader(name string) Location { return Location{In: InHeader, Name: name} }

// AtQuery is the place of a query parameter.
func AtQuery(name string) Location { return Location{In: InQuery, Name: name} }

// AtPath is the place of a path parameter, or of the path itself if name is empty.
func AtPath(name string) Location { return Location{In: InPath, Name: name} }

// AtMethod is the place of the request method.
func AtMethod() Location { return Location{In: InTarget, Name: "method"} }

// AtStatus is the place of the response's status.
func AtStatus() Location { return Location{Side: ResponseSide, In: InStatus} }

// AtConnection is the place of a failure below HTTP.
func AtConnection() Location { return Location{In: InConnection} }

// AtResponse is the place of a JSON Pointer in the response body.
func AtResponse(pointer string, span Span) Location {
	return Location{Side: ResponseSide, In: InBody, Pointer: pointer, Span: span}
}

// AtResponseHeader is the place of a response header field.
func AtResponseHeader(name string) Location {
	return Location{Side: ResponseSide, In: InHeader, Name: name}
}

// String gives the place in words: "request body 4:40 /items/0/quantity",
// "request header authorization", "query parameter limit".
func (l Location) String() string {
	var b strings.Builder
	switch l.In {
	case InQuery, InPath, InCookie:
		if l.Name == "" {
			b.WriteString(string(l.In))
			break
		}
		b.WriteString(string(l.In) + " parameter " + l.Name)
	case InTarget:
		if l.Name == "method" {
			return "request method"
		}
		return "request target"
	case InStatus:
		return "response status"
	case InConnection:
		return "connection"
	case InMessage:
		if l.Span.Line == 0 {
			return fmt.Sprintf("%s body, byte %d", l.Side, l.Span.Start)
		}
		return fmt.Sprintf("%s line %d, byte %d", l.Side, l.Span.Line, l.Span.Start)
	default:
		b.WriteString(l.Side.String() + " " + string(l.In))
		if l.Name != "" {
			b.WriteString(" " + strings.ToLower(l.Name))
		}
	}
	if l.In == InBody && l.Span.Line > 0 {
		b.WriteString(" " + strconv.Itoa(l.Span.Line) + ":" + strconv.Itoa(l.Span.Column))
	}
	if l.Pointer != "" {
		b.WriteString("  " + l.Pointer)
	}
	return b.String()
}
