package causes_test

import (
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// TestEndsOfWebSockets reads what we say who watched, and what libraries say.
func TestEndsOfWebSockets(t *testing.T) {
	t.Parallel()
	const watched = faultline.AtProxy
	for _, tt := range []struct {
		vantage faultline.Vantage
		text    string
		want    faultline.Slug
		party   faultline.Party
		found   string
	}{
		{watched, "websocket: closed by the server with 1011 (internal error): keepalive ping timeout", "websocket.server-error", faultline.Server, "1011 (internal error): keepalive ping timeout"},
		{watched, "websocket: closed by the server with 1013 (try again later)", "websocket.server-error", faultline.Server, "1013 (try again later)"},
		{watched, "websocket: closed by the server with 1014 (bad gateway)", "websocket.server-error", faultline.Gateway, "1014"},
		{watched, "websocket: closed by the server with 1009 (message too big)", "websocket.message-too-big", faultline.Client, "1009"},
		{watched, "websocket: closed by the client with 1009 (message too big)", "websocket.message-too-big", faultline.Server, "1009"},
		{watched, "websocket: closed by the client with 1007 (invalid payload data)", "websocket.invalid-data", faultline.Server, "1007"},
		{watched, "websocket: closed by the server with 1008 (policy violation): origin not allowed", "websocket.policy", faultline.Client, "origin not allowed"},
		{watched, "websocket: closed by the server with 4401: Unauthorized", "websocket.policy", faultline.Client, "4401: Unauthorized"},
		{watched, "websocket: closed by the server with 4500: oops", "websocket.server-error", faultline.Server, "4500: oops"},
		{watched, "websocket: protocol error of the client at byte 0: a frame of the client is not masked (RFC 6455, section 5.1); closed by the server with 1002 (protocol error)", "websocket.protocol-error", faultline.Client, "at byte 0: a frame of the client is not masked"},
		{watched, "websocket: protocol error of the server at byte 12: the opcode 0x3 means nothing (RFC 6455, section 5.2)", "websocket.protocol-error", faultline.Server, "at byte 12"},
		{watched, "websocket: closed by the client with 1002 (protocol error)", "websocket.protocol-error", faultline.Server, "1002"},
		{watched, "websocket: the connection was ended by the client without a close frame (1006)", "websocket.abnormal-close", faultline.Client, "no close frame"},
		{watched, "websocket: the connection was ended by the server without a close frame (1006), inside a message", "websocket.abnormal-close", faultline.Server, "no close frame"},
		{faultline.AtClient, "websocket: close 1006 (abnormal closure): unexpected EOF", "websocket.abnormal-close", faultline.Network, ""},
		{faultline.AtClient, "failed to get reader: received close frame: status = StatusMessageTooBig and reason = \"read limited at 32769 bytes\"", "websocket.message-too-big", faultline.Client, "read limited"},
		{faultline.AtClient, "websockets.exceptions.ConnectionClosedError: received 1011 (internal error) boom; then sent 1011 (internal error) boom", "websocket.server-error", faultline.Server, "boom"},
		{faultline.AtClient, "websockets.exceptions.ConnectionClosedError: no close frame received or sent", "websocket.abnormal-close", faultline.Network, ""},
		{faultline.AtClient, "websockets.exceptions.ConnectionClosedError: sent 1009 (message too big) frame exceeds limit of 1048576 bytes; no close frame received", "websocket.message-too-big", faultline.Client, ""},
		{faultline.AtClient, "RangeError: Max payload size exceeded", "websocket.message-too-big", faultline.Client, ""},
		{faultline.AtClient, "Error: Invalid WebSocket frame: RSV1 must be clear", "websocket.protocol-error", faultline.Server, "RSV1 must be clear"},
		{faultline.AtClient, "WebSocket connection to 'wss://api.example.com/' failed: A server must not mask any frames that it sends to the client.", "websocket.protocol-error", faultline.Server, "must not mask"},
		{faultline.AtClient, "WebSocket closed with code 1003 (unsupported data)", "websocket.invalid-data", faultline.Client, "1003"},
	} {
		ex := &faultline.Exchange{Vantage: tt.vantage, Failure: &faultline.Failure{Phase: faultline.PhaseReceive, Text: tt.text}}
		ex.Request = faultline.Request{Method: "GET", Scheme: "http", Host: "api.example.com", Target: "/ticks", Header: faultline.Header{{Name: "Connection", Value: "Upgrade"}, {Name: "Upgrade", Value: "websocket"}}}
		ex.Response = &faultline.Response{Status: 101, Header: faultline.Header{{Name: "Connection", Value: "Upgrade"}, {Name: "Upgrade", Value: "websocket"}}}
		d := diagnose.New().Diagnose(ex)
		f, _ := d.Primary()
		if f.Cause.Slug != tt.want || f.WhoActs() != tt.party || !strings.Contains(f.Found, tt.found) || len(d.Findings) != 1 {
			t.Errorf("%s\ngot %s of the %s, found %s, %d findings; want %s of the %s, %q", tt.text, f.Cause.Slug, f.WhoActs(), f.Found, len(d.Findings), tt.want, tt.party, tt.found)
		}
		if proven := f.Strength == faultline.Proven; proven && tt.vantage == faultline.AtClient {
			t.Errorf("%s: hearsay is taken for proof", tt.text)
		}
	}
}

func TestARoundTimeSpeaksForATimeout(t *testing.T) {
	t.Parallel()
	for took, want := range map[time.Duration]faultline.Party{60_100 * time.Millisecond: faultline.Gateway, 47 * time.Second: faultline.Network} {
		ex := &faultline.Exchange{Request: faultline.Request{Method: "GET", Host: "api.example.com", Target: "/ticks"}, Failure: &faultline.Failure{Phase: faultline.PhaseReceive, Text: "unexpected EOF"}}
		ex.Response = &faultline.Response{Status: 200, Header: faultline.Header{{Name: "Content-Type", Value: "text/event-stream"}}, Body: faultline.NewBody([]byte("data: 1\n\n"))}
		ex.Timing.Total = took
		d := diagnose.New().Diagnose(ex)
		if f, _ := d.Primary(); f.Cause.Slug != "stream.broke-off" || f.WhoActs() != want {
			t.Errorf("after %v: got %s of the %s, want stream.broke-off of the %s", took, f.Cause.Slug, f.WhoActs(), want)
		}
	}
}
