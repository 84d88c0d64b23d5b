package causes_test

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
)

// bare are refusals of which the status is all that is known, and their fairest causes.
var bare = map[int]string{
	401: "auth.missing", 402: "auth.account-inactive", 403: "auth.forbidden-role", 405: "route.method-not-allowed", 406: "content.not-acceptable", 407: "gateway.proxy-auth",
	408: "network.timeout", 409: "state.conflict", 410: "resource.gone", 411: "content.length-mismatch", 412: "state.precondition", 413: "content.too-large",
	414: "url.too-long", 415: "content.type-unsupported", 416: "header.invalid", 417: "header.not-allowed", 418: "security.waf-block", 419: "auth.csrf",
	421: "route.wrong-host", 423: "state.conflict", 424: "server.error", 425: "protocol.version", 426: "protocol.version", 428: "state.precondition", 429: "limit.rate",
	431: "header.too-large", 440: "auth.token-expired", 451: "auth.ip-blocked", 456: "limit.quota", 498: "auth.token-expired", 499: "network.client-closed",
	500: "server.error", 501: "route.method-not-allowed", 503: "server.unavailable", 504: "gateway.upstream-timeout", 505: "protocol.version", 506: "server.error",
	507: "limit.quota", 508: "redirect.loop", 510: "server.error", 511: "gateway.proxy-auth", 520: "gateway.bad-response", 521: "gateway.upstream-refused",
	522: "gateway.upstream-timeout", 523: "gateway.upstream-refused", 524: "gateway.upstream-timeout", 525: "gateway.upstream-tls", 526: "gateway.upstream-tls",
	527: "gateway.bad-response", 530: "gateway.upstream-dns", 599: "gateway.upstream-timeout",
}

// bareCalls are the requests that each of the statuses is given to.
var bareCalls = []struct{ request, body string }{
	{"GET /orders/7", ``}, {"GET /orders?limit=5", ``}, {"POST /orders", `json {"quantity":2}`}, {"POST /orders", ``}, {"DELETE /orders/7", ``},
}

// bareAnswers are bodies that say no more than the status.
var bareAnswers = []string{``, `{"error":"Request failed"}`, `<html><body><h1>Error</h1></body></html>`, `{"status":"error","message":""}`}

func TestEveryBareStatusHasACause(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for status, want := range bare {
		for _, call := range bareCalls {
			for _, answer := range bareAnswers {
				d := engine.Diagnose(spokenIn(call.request, call.body, status, answer))
				if len(d.Findings) == 0 || string(d.Findings[0].Cause.Slug) != want {
					t.Errorf("%d to %s with %q: %s, want %s", status, call.request, answer, slugs(d), want)
				}
			}
		}
	}
}

// What a server refuses without a word depends on what the request has.
func TestBareRefusalsLookAtTheRequest(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, tt := range []struct{ request, body, want, at string }{
		{"POST /orders", `json {"quantity":2}`, "body.value", ""},
		{"POST /orders", ``, "body.missing", ""},
		{"POST /orders", `json {"quantity":`, "body.syntax", ""},
		{"GET /orders?limit=5", ``, "param.value", "query:limit"},
		{"GET /orders/7", ``, "param.value", "path"},
	} {
		for _, status := range []int{400, 422, 449, 477} {
			d := engine.Diagnose(spokenIn(tt.request, tt.body, status, ``))
			if len(d.Findings) == 0 || string(d.Findings[0].Cause.Slug) != tt.want || placeOf(d.Findings[0].At) != tt.at {
				t.Errorf("%d to %s %s: %s, want %s at %q", status, tt.request, tt.body, slugs(d), tt.want, tt.at)
			}
		}
	}
}

// A guess by the status says that it is one, and what would settle it.
func TestBareFindingsAreHonest(t *testing.T) {
	t.Parallel()
	engine := diagnose.New()
	for _, status := range []int{400, 406, 416, 425, 511} {
		d := engine.Diagnose(spokenIn("GET /orders", ``, status, ``))
		f, found := d.Primary()
		if !found || f.Strength != faultline.Possible || len(f.Notes) == 0 || f.Notes[0].Label != "settle it" || !strings.Contains(f.Message, "nothing in it says why") {
			t.Errorf("%d: %+v, want a possible cause with what settles it", status, d.Findings)
		}
	}
}

// recognised is the first finding that rests on more than the status; the zero finding if there is none.
func recognised(d *faultline.Diagnosis) faultline.Finding {
	first, found := d.Primary()
	if found && strings.HasSuffix(first.Brief, "reason not recognised") {
		return faultline.Finding{}
	}
	return first
}
