package causes

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/rpc"
	"github.com/faultline-http/faultline/causes/internal/words"
	"github.com/faultline-http/faultline/internal/stream"
)

// A Carried is a failure that an answer with a status of success carries inside
// of another protocol: a status of gRPC, an event of a stream that says error.
// Inner is the same call as an API over plain HTTP would have answered it, for
// which rules are written.
type Carried struct {
	Inner *faultline.Exchange
	At    faultline.Location  // where the answer says so
	As    string              // what the answer has in place of a status: "gRPC status 5 (NOT_FOUND)"
	Known []faultline.Finding // what the protocol itself makes plain; of the causes only the slugs
	Note  string              // what is to be known about the reading
}

// MayCarry reports whether answers of a type can carry a failure of another
// protocol. It is asked of every answer, and costs next to nothing.
func MayCarry(contentType string) bool {
	const events = "text/event-stream"
	return rpc.Speaks(contentType) || len(contentType) >= len(events) && strings.EqualFold(contentType[:len(events)], events)
}

// CarriedBy returns the failure that an answer carries, nil if it carries none.
// For most answers it looks at nothing but the Content-Type.
func CarriedBy(ex *faultline.Exchange) *Carried {
	r := ex.Response
	if r == nil || r.Status < 200 || r.Status > 299 || !MayCarry(r.Header.Value("Content-Type")) {
		return nil
	}
	if s, ok := rpc.Of(r); ok {
		return carriedStatus(ex, &s)
	}
	if mediaType(r.Header) == "text/event-stream" {
		return carriedEvent(ex)
	}
	return nil
}

// carriedStatus is a status of gRPC or Connect that is not OK.
func carriedStatus(ex *faultline.Exchange, s *rpc.Status) *Carried {
	if s.Code == 0 {
		return nil
	}
	status := s.HTTP()
	if s.Name() == "UNIMPLEMENTED" && (s.Message == "" || saysAny(strings.ToLower(s.Message), "unknown method", "unknown service", "method not found", "not found")) {
		status = 404 // the path names the method: nobody listens there
	}
	if s.Code == 8 && strings.Contains(s.Message, "larger than max") {
		status = 413 // the limit of a message, not of calls
	}
	c := &Carried{
		Inner: answeredWith(ex, status, s.JSON()),
		As:    fmt.Sprintf("gRPC status %d (%s)", s.Code, s.Name()),
		Note:  fmt.Sprintf("the HTTP status is %d whatever became of the call; gRPC status %d is what APIs over plain HTTP answer as %d", ex.Response.Status, s.Code, status),
		At:    faultline.AtResponse("", faultline.Span{}),
	}
	if s.Field != "" {
		c.At = faultline.AtResponseHeader(s.Field)
	}
	c.Known = known(ex, s, c.At)
	return c
}

// carriedEvent is the first event of a stream that says that it failed: the
// status had been sent long before.
func carriedEvent(ex *faultline.Exchange) *Carried {
	n := 0
	for _, text := range [][]byte{ex.Response.Body.Bytes(), ex.Response.Body.Tail} {
		if !bytes.Contains(text, []byte("error")) {
			continue
		}
		for e := range stream.AllEvents(text) {
			data, ok := failedEvent(&e)
			if !ok {
				n++
				continue
			}
			c := &Carried{
				Inner: answeredWith(ex, ex.Response.Status, data),
				As:    "an event that says so",
				Note:  fmt.Sprintf("the failure came in an event of the stream: its status, %d, had gone out before", ex.Response.Status),
				At:    faultline.AtResponse(fmt.Sprintf("/%d", n), faultline.Span{}),
			}
			if len(ex.Response.Body.Tail) > 0 && &text[0] == &ex.Response.Body.Tail[0] {
				c.At.Pointer = "" // its number is not known
			}
			return c
		}
	}
	return nil
}

// failedEvent is what an event says of a failure, as an error body.
func failedEvent(e *stream.Event) ([]byte, bool) {
	if !e.Fails() {
		return nil, false
	}
	root := words.Parse(e.Data)
	_, failed := words.FailureInside(root)
	if e.Name != "error" {
		// A stream may be about errors: one of its own has words or a code.
		own := root.Get("error")
		return e.Data, failed && (own.Get("message") != nil || own.Get("code") != nil)
	}
	if failed {
		return e.Data, true
	}
	if root != nil && root.Get("message") != nil {
		return []byte(`{"error":` + string(e.Data) + `}`), true
	}
	data, err := json.Marshal(map[string]any{"error": map[string]string{"message": strings.ToValidUTF8(string(e.Data), "\uFFFD")}})
	return data, err == nil
}

// answeredWith is the exchange with another answer. Only what says nothing of
// the answer's form is taken over from the one that came.
func answeredWith(ex *faultline.Exchange, status int, body []byte) *faultline.Exchange {
	out := *ex
	answer := *ex.Response
	answer.Status, answer.Reason, answer.Trailer = status, "", nil
	answer.Body = faultline.NewBody(body)
	answer.Header = nil
	for _, f := range ex.Response.Header {
		switch low := strings.ToLower(f.Name); {
		case strings.HasPrefix(low, "content-"), strings.HasPrefix(low, "grpc-"), low == "transfer-encoding", low == "trailer":
		default:
			answer.Header = append(answer.Header, f)
		}
	}
	answer.Header = append(answer.Header, faultline.Field{Name: "Content-Type", Value: "application/json"})
	out.Response = &answer
	return &out
}
