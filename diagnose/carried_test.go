package diagnose_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// grpcCall is a call of gRPC that ended with these trailers.
func grpcCall(trailer ...faultline.Field) *faultline.Exchange {
	ex := &faultline.Exchange{Vantage: faultline.AtProxy}
	ex.Request = faultline.Request{
		Method: "POST", Scheme: "http", Host: "api.example.com", Target: "/shop.Orders/Get", Body: faultline.NewBody([]byte("\x00\x00\x00\x00\x02\x08\x07")),
		Header: faultline.Header{{Name: "Content-Type", Value: "application/grpc"}, {Name: "TE", Value: "trailers"}, {Name: "Grpc-Timeout", Value: "2S"}},
	}
	ex.Response = &faultline.Response{Status: 200, Header: faultline.Header{{Name: "Content-Type", Value: "application/grpc"}}, Trailer: trailer}
	return ex
}

func TestStatusesOfGRPC(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		code    int
		message string
		want    faultline.Slug
		party   faultline.Party
		says    string
	}{
		{1, "context canceled", "network.client-closed", faultline.Client, ""},
		{2, "boom", "server.error", faultline.Server, "gRPC status 2 (UNKNOWN)"},
		{3, "quantity must be positive", "body.value", faultline.Client, "refused what the message holds"},
		{4, "context deadline exceeded", "gateway.upstream-timeout", faultline.Server, "deadline passed"},
		{5, "order 7 not found", "resource.not-found", faultline.Client, ""},
		{6, "order exists", "state.conflict", faultline.Client, "there already"},
		{7, "caller lacks permission orders.read", "auth.forbidden-role", faultline.Client, ""},
		{8, "too many requests", "limit.rate", faultline.Client, ""},
		{8, "quota exceeded", "limit.quota", faultline.Client, ""},
		{8, "grpc: received message larger than max (5242880 vs. 4194304)", "content.too-large", faultline.Client, ""},
		{9, "", "state.conflict", faultline.Client, "not allowed"},
		{10, "transaction aborted, retry", "state.conflict", faultline.Client, ""},
		{11, "page out of range", "body.value", faultline.Client, "beyond its range"},
		{12, "unknown method Get for service shop.Orders", "route.unknown-path", faultline.Client, "does not offer this method"},
		{13, "nil pointer", "server.error", faultline.Server, ""},
		{14, "", "server.unavailable", faultline.Server, "not available"},
		{14, "upstream connect error or disconnect/reset before headers. reset reason: connection refused", "gateway.upstream-refused", faultline.Gateway, ""},
		{15, "", "server.error", faultline.Server, "DATA_LOSS"},
		{16, "", "auth.missing", faultline.Client, ""},
	} {
		t.Run(fmt.Sprint(tt.code, " ", tt.message), func(t *testing.T) {
			t.Parallel()
			d := diagnose.New().Diagnose(grpcCall(faultline.Field{Name: "grpc-status", Value: fmt.Sprint(tt.code)}, faultline.Field{Name: "grpc-message", Value: tt.message}))
			f, ok := d.Primary()
			if !ok || !d.Failed || f.Cause.Slug != tt.want || f.WhoActs() != tt.party || !strings.Contains(f.Message+f.Found, tt.says) || f.Cause.Title == "" {
				t.Errorf("got %s of the %s: %s (found %s); want %s of the %s, %q", f.Cause.Slug, f.WhoActs(), f.Message, f.Found, tt.want, tt.party, tt.says)
			}
			if f.Strength == faultline.Possible {
				t.Errorf("%s is only possible", f.Cause.Slug)
			}
			if text := f.Message + f.Found + f.Expected + f.Brief; strings.Contains(text, "status 4") && tt.code != 4 || strings.Contains(text, "answered 5") {
				t.Errorf("it speaks of a status that did not come: %s", text)
			}
		})
	}
}

func TestAFieldThatGRPCNames(t *testing.T) {
	t.Parallel()
	// google.rpc.Status with a google.rpc.BadRequest of one violation, in the wire format.
	violation := "\x0a\x0eorder.quantity\x12\x10must be positive"
	bad := "\x0a" + string(rune(len(violation))) + violation
	name := "type.googleapis.com/google.rpc.BadRequest"
	detail := "\x0a" + string(rune(len(name))) + name + "\x12" + string(rune(len(bad))) + bad
	status := "\x08\x03\x12\x03bad\x1a" + string(rune(len(detail))) + detail
	d := diagnose.New().Diagnose(grpcCall(faultline.Field{Name: "grpc-status", Value: "3"},
		faultline.Field{Name: "grpc-status-details-bin", Value: base64.RawStdEncoding.EncodeToString([]byte(status))}))
	f, _ := d.Primary()
	if f.Cause.Slug != "body.value" || f.At.Pointer != "/order/quantity" || f.Message != "`order.quantity` is refused: must be positive" {
		t.Errorf("got %s at %s: %s", f.Cause.Slug, f.At.Pointer, f.Message)
	}
}

func TestHealthyCallsOfGRPC(t *testing.T) {
	t.Parallel()
	if d := diagnose.New().Diagnose(grpcCall(faultline.Field{Name: "grpc-status", Value: "0"})); d.Failed || len(d.Findings) > 0 {
		t.Errorf("got %+v, want nothing", d.Findings)
	}
	d := diagnose.New().Diagnose(grpcCall())
	if f, _ := d.Primary(); f.Cause.Slug != "stream.no-status" || f.WhoActs() != faultline.Gateway {
		t.Errorf("without trailers: got %s, want stream.no-status", f.Cause.Slug)
	}
	seen := grpcCall()
	seen.Vantage = faultline.AtClient
	if d := diagnose.New().Diagnose(seen); len(d.Findings) > 0 {
		t.Errorf("a capture without trailers: got %s, want nothing", d.Findings[0].Cause.Slug)
	}
}

func TestErrorsInsideOfStreams(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, body, tail string
		want             faultline.Slug
		pointer          string
	}{
		{"overloaded", "event: message_start\ndata: {\"type\":\"message_start\"}\n\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n", "", "server.overloaded", "/1"},
		{"rate", "data: {\"error\":{\"message\":\"Rate limit reached for requests\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}\n\n", "", "limit.rate", "/0"},
		{"words", "data: 1\n\nevent: error\ndata: internal server error\n\n", "", "server.error", "/1"},
		{"beyond what was kept", "data: 1\n\ndata: ", "event: error\ndata: {\"error\":{\"message\":\"Rate limit reached for requests\",\"code\":\"rate_limit_exceeded\"}}\n\n", "limit.rate", ""},
		{"data that speaks of errors", "data: {\"text\":\"an error: what is it?\"}\n\ndata: {\"error\":null}\n\n", "", "", ""},
		{"an open event", "data: 1\n\ndata: {\"a\":", "", "stream.broke-off", ""},
		{"a whole stream", "data: 1\n\n: bye\n", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ex := &faultline.Exchange{Request: faultline.Request{Method: "POST", Scheme: "https", Host: "api.example.com", Target: "/v1/messages", Header: faultline.Header{{Name: "Authorization", Value: "Bearer x"}}}}
			ex.Response = &faultline.Response{Status: 200, Header: faultline.Header{{Name: "Content-Type", Value: "text/event-stream; charset=utf-8"}}, Body: faultline.NewBody([]byte(tt.body))}
			if tt.tail != "" {
				ex.Response.Body.Truncated, ex.Response.Body.Tail = true, []byte(tt.tail)
			}
			d := diagnose.New().Diagnose(ex)
			f, _ := d.Primary()
			if f.Cause.Slug != tt.want || d.Failed != (tt.want != "") || tt.pointer != "" && f.At.Pointer != tt.pointer {
				t.Errorf("got %s at %s: %s; want %s at %s", f.Cause.Slug, f.At.Pointer, f.Message, tt.want, tt.pointer)
			}
		})
	}
}
