package rpc

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
)

// text makes a field of a message in the wire format of Protocol Buffers.
func text(number int, s string) string {
	out := binary.AppendUvarint(nil, uint64(number)<<3|lengthPrefixed)
	return string(binary.AppendUvarint(out, uint64(len(s)))) + s
}

func number(field int, v uint64) string {
	return string(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(field)<<3), v))
}

func detail(name, value string) string {
	return text(3, text(1, "type.googleapis.com/google.rpc."+name)+text(2, value))
}

func bin(parts ...string) string {
	return base64.RawStdEncoding.EncodeToString([]byte(strings.Join(parts, "")))
}

func message(flags byte, payload string) string {
	return string(append(binary.BigEndian.AppendUint32([]byte{flags}, uint32(len(payload))), payload...))
}

func fieldsOf(pairs ...string) faultline.Header {
	var h faultline.Header
	for i := 0; i < len(pairs); i += 2 {
		h = append(h, faultline.Field{Name: pairs[i], Value: pairs[i+1]})
	}
	return h
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	details := bin(number(1, 3), text(2, "bad"),
		detail("BadRequest", text(1, text(1, "order.quantity")+text(2, "must be positive"))+text(1, text(1, "sku"))),
		detail("ErrorInfo", text(1, "API_KEY_INVALID")+text(2, "googleapis.com")+text(3, text(1, "service")+text(2, "orders"))),
		detail("RetryInfo", text(1, number(1, 2)+number(2, 500_000_000))),
		detail("QuotaFailure", text(1, text(1, "project:7")+text(2, "daily limit"))), detail("Unheard", text(1, "x")))
	detailed := `{"error":{"code":400,"message":"bad","status":"INVALID_ARGUMENT","details":[` +
		`{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"order.quantity","description":"must be positive"},{"field":"sku"}]},` +
		`{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com","metadata":{"service":"orders"}},` +
		`{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"2.5s"},` +
		`{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"subject":"project:7","description":"daily limit"}]},` +
		`{"@type":"type.googleapis.com/google.rpc.Unheard"}]}}`
	for _, tt := range []struct {
		name            string
		contentType     string
		header, trailer faultline.Header
		body            string
		want            string // its JSON; "-": none, "OK": well
	}{
		{"trailer", "application/grpc", nil, fieldsOf("Grpc-Status", "5", "Grpc-Message", "no order 7 %F0%9F%8D%89"), "", `{"error":{"code":404,"message":"no order 7 🍉","status":"NOT_FOUND"}}`},
		{"header alone", "application/grpc+proto", fieldsOf("grpc-status", "16"), nil, "", `{"error":{"code":401,"message":"","status":"UNAUTHENTICATED"}}`},
		{"well", "application/grpc", nil, fieldsOf("grpc-status", "0"), message(0, "x"), "OK"},
		{"details", "application/grpc", nil, fieldsOf("grpc-status", "3", "grpc-message", "bad", "grpc-status-details-bin", details), "", detailed},
		{"padded details", "application/grpc", nil, fieldsOf("grpc-status", "3", "grpc-status-details-bin", base64.StdEncoding.EncodeToString([]byte(text(2, "bad")))), "", `{"error":{"code":400,"message":"bad","status":"INVALID_ARGUMENT"}}`},
		{"broken details", "application/grpc", nil, fieldsOf("grpc-status", "3", "grpc-status-details-bin", bin("\x1a\xff\xff\xff\xff\xff\xff\xff\xff\x7f")), "", `{"error":{"code":400,"message":"","status":"INVALID_ARGUMENT"}}`},
		{"a number without a name", "application/grpc", nil, fieldsOf("grpc-status", "99"), "", `{"error":{"code":500,"message":"","status":"UNKNOWN"}}`},
		{"no number", "application/grpc", nil, fieldsOf("grpc-status", "x"), "", `{"error":{"code":500,"message":"","status":"UNKNOWN"}}`},
		{"escapes that are none", "application/grpc", nil, fieldsOf("grpc-status", "2", "grpc-message", "50% of %zz%4"), "", `{"error":{"code":500,"message":"50% of %zz%4","status":"UNKNOWN"}}`},
		{"gRPC-Web", "application/grpc-web+proto", nil, nil, message(0, "x") + message(0x80, "grpc-status:8\r\ngrpc-message: slow down\r\n"), `{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}`},
		{"gRPC-Web in base64", "application/grpc-web-text", nil, nil, base64.StdEncoding.EncodeToString([]byte(message(0x80, "grpc-status: 14\r\n"))), `{"error":{"code":503,"message":"","status":"UNAVAILABLE"}}`},
		{
			"Connect", "application/connect+json", nil, nil, message(0, "{}") + message(2, `{"error":{"code":"invalid_argument","message":"bad","details":[{"type":"google.rpc.BadRequest","value":"`+bin(text(1, text(1, "sku")))+`"}]}}`),
			`{"error":{"code":400,"message":"bad","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"sku"}]}]}}`,
		},
		{"Connect cancelled", "application/connect+proto", nil, nil, message(2, `{"error":{"code":"canceled"}}`), `{"error":{"code":499,"message":"","status":"CANCELLED"}}`},
		{"Connect that is well", "application/connect+proto", nil, nil, message(2, `{}`), "OK"},
		{"Connect that broke off", "application/connect+proto", nil, nil, message(0, `{}`), "-"},
		{"no status", "application/grpc", nil, nil, message(0, "x"), "-"},
		{"another protocol", "application/json", fieldsOf("Grpc-Status", "5"), nil, "{}", "-"},
	} {
		r := &faultline.Response{Status: 200, Header: append(fieldsOf("Content-Type", tt.contentType), tt.header...), Trailer: tt.trailer, Body: faultline.NewBody([]byte(tt.body))}
		s, ok := Of(r)
		got := "-"
		switch {
		case ok && s.Code == 0:
			got = "OK"
		case ok:
			got = string(s.JSON())
		}
		if got != tt.want {
			t.Errorf("%s: got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestTheEndOfALongStreamIsInItsTail(t *testing.T) {
	t.Parallel()
	r := &faultline.Response{Status: 200, Header: fieldsOf("Content-Type", "application/grpc-web"), Body: faultline.Body{Raw: []byte("beginning"), Truncated: true, Tail: []byte("grpc-status: 13\r\n")}}
	if s, ok := Of(r); !ok || s.Name() != "INTERNAL" {
		t.Errorf("got %+v, %v; want INTERNAL", s, ok)
	}
}

// TestWhatGRPCForGoSends reads statuses as grpc-go 1.85.0 sent them.
func TestWhatGRPCForGoSends(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ status, message, details, want string }{
		{
			"3", "quantity: 3 %E2%89%A0 three",
			"CAMSFXF1YW50aXR5OiAzIOKJoCB0aHJlZRp3Cil0eXBlLmdvb2dsZWFwaXMuY29tL2dvb2dsZS5ycGMuQmFkUmVxdWVzdBJKCisKF29yZGVyLml0ZW1zWzBdLnF1YW50aXR5EhBtdXN0IGJlIHBvc2l0aXZlChsKA3NrdRILaXMgcmVxdWlyZWQaB01JU1NJTkcaWQoodHlwZS5nb29nbGVhcGlzLmNvbS9nb29nbGUucnBjLkVycm9ySW5mbxItCg1JTlZBTElEX09SREVSEhBzaG9wLmV4YW1wbGUuY29tGgoKBW9yZGVyEgE3GkQKL3R5cGUuZ29vZ2xlYXBpcy5jb20vZ29vZ2xlLnJwYy5Mb2NhbGl6ZWRNZXNzYWdlEhEKAmRlEgtNZW5nZSBmZWhsdA",
			`{"error":{"code":400,"message":"quantity: 3 ≠ three","status":"INVALID_ARGUMENT","details":[` +
				`{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"order.items[0].quantity","description":"must be positive"},{"field":"sku","description":"is required","reason":"MISSING"}]},` +
				`{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"INVALID_ORDER","domain":"shop.example.com","metadata":{"order":"7"}},` +
				`{"@type":"type.googleapis.com/google.rpc.LocalizedMessage","locale":"de","message":"Menge fehlt"}]}}`,
		},
		{
			"8", "too many requests, 100%25 of the quota",
			"CAgSJHRvbyBtYW55IHJlcXVlc3RzLCAxMDAlIG9mIHRoZSBxdW90YRo2Cih0eXBlLmdvb2dsZWFwaXMuY29tL2dvb2dsZS5ycGMuUmV0cnlJbmZvEgoKCAgBEIDKte4BGloKK3R5cGUuZ29vZ2xlYXBpcy5jb20vZ29vZ2xlLnJwYy5RdW90YUZhaWx1cmUSKwopChJjbGllbnRpcDoxOTIuMC4yLjESE3JlcXVlc3RzIHBlciBtaW51dGU",
			`{"error":{"code":429,"message":"too many requests, 100% of the quota","status":"RESOURCE_EXHAUSTED","details":[` +
				`{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.5s"},` +
				`{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"subject":"clientip:192.0.2.1","description":"requests per minute"}]}]}}`,
		},
	} {
		h := fieldsOf("Content-Type", "application/grpc", "Grpc-Message", tt.message, "Grpc-Status", tt.status, "Grpc-Status-Details-Bin", tt.details)
		s, _ := Of(&faultline.Response{Status: 200, Header: h})
		if got := string(s.JSON()); got != tt.want {
			t.Errorf("got %s\nwant %s", got, tt.want)
		}
	}
}

// FuzzDetails holds that hostile details cost little and never break.
func FuzzDetails(f *testing.F) {
	f.Add([]byte(number(1, 3) + text(2, "bad") + detail("BadRequest", text(1, text(1, "a")))))
	f.Add([]byte(detail("RetryInfo", text(1, number(1, 1<<63)+number(2, 1<<40)))))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var s Status
		s.addDetails(raw)
		if out := s.JSON(); len(out) == 0 || len(out) > 100+20*len(raw) {
			t.Errorf("%d bytes become %d: %s", len(raw), len(out), out)
		}
	})
}
