// Package rpc reads how a remote procedure call ended whose answer is 200 whatever
// became of it: gRPC, gRPC-Web and the streams of Connect say so in trailers, or at
// the end of the body.
package rpc

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/stream"
)

// A Status is how a call ended.
type Status struct {
	Code    int // 0: well; see Name
	Message string
	Details []Detail
	Field   string // the field that says so: "grpc-status"; empty: the end of the body
}

// names are the codes in the order of their numbers
// (https://grpc.github.io/grpc/core/md_doc_statuscodes.html).
var names = [...]string{
	"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
	"FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
}

// statuses are the HTTP statuses that stand for the codes
// (https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto).
var statuses = [...]int{200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401}

// Name is the code's name, "UNKNOWN" for numbers that have none.
func (s *Status) Name() string {
	if s.Code < 0 || s.Code >= len(names) {
		return names[2]
	}
	return names[s.Code]
}

// HTTP is the status that an API over plain HTTP would have answered.
func (s *Status) HTTP() int {
	if s.Code < 0 || s.Code >= len(statuses) {
		return statuses[2]
	}
	return statuses[s.Code]
}

// JSON is the status as APIs write it that offer the same over plain HTTP
// (https://google.aip.dev/193).
func (s *Status) JSON() []byte {
	type body struct {
		Code    int      `json:"code"`
		Message string   `json:"message"`
		Status  string   `json:"status"`
		Details []Detail `json:"details,omitempty"`
	}
	out, err := json.Marshal(map[string]body{"error": {s.HTTP(), strings.ToValidUTF8(s.Message, "\uFFFD"), s.Name(), s.Details}})
	if err != nil {
		return nil // texts, numbers and lists of them always marshal
	}
	return out
}

// Speaks reports whether a message with this Content-Type is one of the
// protocols that say in another place than the status how a call ended.
func Speaks(contentType string) bool {
	const grpc, connect = "application/grpc", "application/connect+"
	return hasPrefix(contentType, grpc) || hasPrefix(contentType, connect)
}

func hasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// Of reads the status of an answer. It is false where the answer speaks another
// protocol, or does not say how the call ended.
func Of(r *faultline.Response) (Status, bool) {
	contentType := r.Header.Value("Content-Type")
	if r.Status != 200 || !Speaks(contentType) {
		return Status{}, false
	}
	// A call that ended before its first message has its status in the header ("Trailers-Only").
	for _, h := range []faultline.Header{r.Trailer, r.Header} {
		if s, ok := ofFields(h); ok {
			return s, true
		}
	}
	if hasPrefix(contentType, "application/connect+") {
		return ofConnect(last(&r.Body, false))
	}
	s, ok := ofFields(fields(last(&r.Body, hasPrefix(contentType, "application/grpc-web-text"))))
	return s, ok
}

// last is the payload that ends the body's stream of messages.
func last(b *faultline.Body, text bool) []byte {
	if len(b.Tail) > 0 {
		return b.Tail
	}
	m := stream.NewMessages(text)
	m.Write(b.Bytes())
	return m.Last
}

// fields reads the trailers of gRPC-Web, which are written as those of HTTP/1.1.
func fields(text []byte) faultline.Header {
	var h faultline.Header
	for line := range bytes.Lines(text) {
		name, value, ok := strings.Cut(string(line), ":")
		if ok && len(h) < maxFields {
			h = append(h, faultline.Field{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
		}
	}
	return h
}

const maxFields = 100

func ofFields(h faultline.Header) (Status, bool) {
	value, ok := h.Get("Grpc-Status")
	if !ok {
		return Status{}, false
	}
	code, err := strconv.Atoi(strings.TrimSpace(value))
	if err != nil {
		code = 2 // a client takes what it cannot read for UNKNOWN
	}
	s := Status{Code: code, Message: unescape(h.Value("Grpc-Message")), Field: "grpc-status"}
	if raw, err := decode64(h.Value("Grpc-Status-Details-Bin")); err == nil && len(raw) > 0 {
		s.addDetails(raw)
	}
	return s, true
}

// decode64 takes both forms: binary fields have no padding, and must be taken with it.
func decode64(s string) ([]byte, error) {
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.TrimSpace(s), "="))
}

// unescape removes the percent-encoding of Grpc-Message. What is no escape stays
// as it is: readers must not fail on it.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if b, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(b))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}

// ofConnect reads the JSON that ends a stream of Connect
// (https://connectrpc.com/docs/protocol/#error-end-stream).
func ofConnect(text []byte) (Status, bool) {
	var end struct {
		Error *struct {
			Code    string `json:"code"`
			Message string `json:"message"`
			Details []struct {
				Type  string `json:"type"`
				Value string `json:"value"`
			} `json:"details"`
		} `json:"error"`
	}
	if len(text) == 0 || json.Unmarshal(text, &end) != nil {
		return Status{}, false
	}
	if end.Error == nil {
		return Status{}, true
	}
	s := Status{Code: 2, Message: end.Error.Message}
	for i, name := range names {
		if strings.EqualFold(strings.ReplaceAll(name, "CANCELLED", "canceled"), end.Error.Code) {
			s.Code = i
		}
	}
	for _, d := range end.Error.Details[:min(len(end.Error.Details), maxDetails)] {
		if raw, err := decode64(d.Value); err == nil {
			s.Details = append(s.Details, readDetail("type.googleapis.com/"+d.Type, raw))
		}
	}
	return s, true
}
