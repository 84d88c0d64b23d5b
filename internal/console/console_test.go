package console

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/faultline-http/faultline/internal/fetch"
)

const (
	api    = "https://api.example.com/v1/orders"
	page   = "https://app.example.com"
	chrome = "Access to fetch at '" + api + "' from origin '" + page + "' has been blocked by CORS policy: "
	asked  = "Response to preflight request doesn't pass access control check: "
	gecko  = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at " + api + ". (Reason: "
	safari = "\n[Error] Fetch API cannot load " + api + " due to access control checks.\n[Error] Failed to load resource: the network"
)

// said are what consoles show, and what it means.
var said = []struct {
	name, text string
	want       Message
}{
	// Chrome.
	{"chrome missing", chrome + "No 'Access-Control-Allow-Origin' header is present on the requested resource. If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.", Message{Engine: Blink, Reason: fetch.NoAllowOrigin, URL: api, Origin: page}},
	{"chrome missing at preflight", chrome + asked + "No 'Access-Control-Allow-Origin' header is present on the requested resource.", Message{Engine: Blink, Reason: fetch.NoAllowOrigin, URL: api, Origin: page, Preflight: true}},
	{"chrome missing after a redirect", "Access to XMLHttpRequest at 'https://login.example.com/?next=7' (redirected from '" + api + "') from origin '" + page + "' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.", Message{Engine: Blink, Reason: fetch.NoAllowOrigin, URL: "https://login.example.com/?next=7", From: api, Origin: page}},
	{"chrome star", chrome + "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'. The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.", Message{Engine: Blink, Reason: fetch.StarForCredentials, URL: api, Origin: page}},
	{"chrome star at preflight", chrome + asked + "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.", Message{Engine: Blink, Reason: fetch.StarForCredentials, URL: api, Origin: page, Preflight: true}},
	{"chrome credentials", chrome + "The value of the 'Access-Control-Allow-Credentials' header in the response is 'True' which must be 'true' when the request's credentials mode is 'include'.", Message{Engine: Blink, Reason: fetch.NoCredentials, URL: api, Origin: page, Value: "True"}},
	{"chrome several", chrome + "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed. Have the server send the header with a valid value.", Message{Engine: Blink, Reason: fetch.SeveralOrigins, URL: api, Origin: page, Value: "*, *"}},
	{"chrome invalid", chrome + "The 'Access-Control-Allow-Origin' header contains the invalid value 'app.example.com'.", Message{Engine: Blink, Reason: fetch.OtherOrigin, URL: api, Origin: page, Value: "app.example.com"}},
	{"chrome mismatch", chrome + "The 'Access-Control-Allow-Origin' header has a value 'https://b.example.com' that is not equal to the supplied origin. Have the server send the header with a valid value.", Message{Engine: Blink, Reason: fetch.OtherOrigin, URL: api, Origin: page, Value: "https://b.example.com"}},
	{"chrome mismatch at preflight", chrome + asked + "The 'Access-Control-Allow-Origin' header has a value 'https://b.example.com' that is not equal to the supplied origin.", Message{Engine: Blink, Reason: fetch.OtherOrigin, URL: api, Origin: page, Value: "https://b.example.com", Preflight: true}},
	{"chrome status", chrome + asked + "It does not have HTTP ok status.", Message{Engine: Blink, Reason: fetch.NotOK, URL: api, Origin: page, Preflight: true}},
	{"chrome redirect", chrome + asked + "Redirect is not allowed for a preflight request.", Message{Engine: Blink, Reason: fetch.Redirected, URL: api, Origin: page, Preflight: true}},
	{"chrome method", chrome + "Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.", Message{Engine: Blink, Reason: fetch.MethodRefused, URL: api, Origin: page, Method: "PATCH", Preflight: true}},
	{"chrome header", chrome + "Request header field x-request-id is not allowed by Access-Control-Allow-Headers in preflight response.", Message{Engine: Blink, Reason: fetch.HeaderRefused, URL: api, Origin: page, Header: "x-request-id", Preflight: true}},
	{"chrome methods unreadable", chrome + "Cannot parse Access-Control-Allow-Methods response header field in preflight response.", Message{Engine: Blink, Reason: fetch.BadMethods, URL: api, Origin: page, Preflight: true}},
	{"chrome headers unreadable", chrome + "Cannot parse Access-Control-Allow-Headers response header field in preflight response.", Message{Engine: Blink, Reason: fetch.BadHeaders, URL: api, Origin: page, Preflight: true}},
	{"chrome password", chrome + "Redirect location 'https://u:p@x.example.com/' contains a username and password, which is disallowed for cross-origin requests.", Message{Engine: Blink, Reason: fetch.RedirectUserinfo, URL: api, Origin: page, Value: "https://u:p@x.example.com/"}},
	{"chrome scheme", "Access to fetch at 'localhost:3000/api' from origin '" + page + "' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: chrome, chrome-extension, data, http, https.", Message{Engine: Blink, Reason: fetch.NotHTTP, URL: "localhost:3000/api", Origin: page}},
	{"chrome not secure", chrome + "The request client is not a secure context and the resource is in more-private address space `local`.", Message{Engine: Blink, Reason: fetch.PrivateRefused, URL: api, Origin: page, Value: "local"}},
	{"chrome local network", chrome + "Permission was denied for this request to access the `loopback` address space.", Message{Engine: Blink, Reason: fetch.PrivateRefused, URL: api, Origin: page, Value: "loopback"}},
	{"chrome private preflight", chrome + asked + "No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network request targeting the `local` address space.", Message{Engine: Blink, Reason: fetch.PrivateRefused, URL: api, Origin: page, Value: "local", Preflight: true}},
	{"chrome private preflight, another value", chrome + asked + "The 'Access-Control-Allow-Private-Network' header in the preflight response for this private network request targeting the `private` address space had a value of 'no', not 'true'.", Message{Engine: Blink, Reason: fetch.PrivateRefused, URL: api, Origin: page, Value: "private", Preflight: true}},
	{"chrome address space", chrome + "Request had a target IP address space of `private` yet the resource is in address space `public`.", Message{Engine: Blink, Reason: fetch.PrivateRefused, URL: api, Origin: page, Value: "public"}},
	{"chrome mode", chrome + "Cross origin requests are not allowed by request mode.", Message{Engine: Blink, Reason: fetch.Blocked, URL: api, Origin: page}},
	{"chrome invalid response", chrome + "The response is invalid.", Message{Engine: Blink, Reason: fetch.Blocked, URL: api, Origin: page}},
	{"chrome hidden header", `Refused to get unsafe header "X-Total-Count"`, Message{Engine: Blink, Reason: fetch.Hidden, Header: "X-Total-Count"}},
	{"chrome cut off", "Access to XMLHttpRequest at '" + api + "' from origin '" + page + "' has been blocked by CORS policy", Message{Engine: Blink, Reason: fetch.Blocked, URL: api, Origin: page}},
	{"chrome 60 missing", "Failed to load " + api + ": No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin '" + page + "' is therefore not allowed access. The response had HTTP status code 500.", Message{Engine: Blink, Reason: fetch.NoAllowOrigin, URL: api, Origin: page, Status: 500}},
	{"chrome 50 missing", "XMLHttpRequest cannot load " + api + ". No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin '" + page + "' is therefore not allowed access.", Message{Engine: Blink, Reason: fetch.NoAllowOrigin, URL: api, Origin: page}},
	{"chrome 60 preflight status", "Failed to load " + api + ": Response for preflight has invalid HTTP status code 405.", Message{Engine: Blink, Reason: fetch.NotOK, URL: api, Status: 405, Preflight: true}},
	{"chrome 60 preflight redirect", "Failed to load " + api + ": Response for preflight is invalid (redirect)", Message{Engine: Blink, Reason: fetch.Redirected, URL: api, Preflight: true}},
	{"chrome 60 redirect", "Redirect from 'https://a.example.com/' to '" + api + "' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin '" + page + "' is therefore not allowed access.", Message{Engine: Blink, Reason: fetch.NoAllowOrigin, URL: api, From: "https://a.example.com/", Origin: page}},
	{"chrome 50 star", "XMLHttpRequest cannot load " + api + ". A wildcard '*' cannot be used in the 'Access-Control-Allow-Origin' header when the credentials flag is true. Origin '" + page + "' is therefore not allowed access.", Message{Engine: Blink, Reason: fetch.StarForCredentials, URL: api, Origin: page}},

	// Firefox.
	{"firefox missing", gecko + "CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.", Message{Engine: Gecko, Reason: fetch.NoAllowOrigin, URL: api, Status: 200}},
	{"firefox did not succeed", gecko + "CORS request did not succeed). Status code: (null).", Message{Engine: Gecko, Reason: fetch.NoAnswer, URL: api}},
	{"firefox disabled", gecko + "CORS disabled).", Message{Engine: Gecko, Reason: fetch.Blocked, URL: api}},
	{"firefox origin", gecko + "CORS header ‘Origin’ cannot be added).", Message{Engine: Gecko, Reason: fetch.Blocked, URL: api}},
	{"firefox redirect", gecko + "CORS request external redirect not allowed).", Message{Engine: Gecko, Reason: fetch.Redirected, URL: api, Preflight: true}},
	{"firefox not http", "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at file:///srv/x.json. (Reason: CORS request not http).", Message{Engine: Gecko, Reason: fetch.NotHTTP, URL: "file:///srv/x.json"}},
	{"firefox several", gecko + "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).", Message{Engine: Gecko, Reason: fetch.SeveralOrigins, URL: api}},
	{"firefox mismatch", gecko + "CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://b.example.com’).", Message{Engine: Gecko, Reason: fetch.OtherOrigin, URL: api, Value: "https://b.example.com"}},
	{"firefox star", "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ‘" + api + "’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).", Message{Engine: Gecko, Reason: fetch.StarForCredentials, URL: api}},
	{"firefox method", gecko + "Did not find method in CORS header ‘Access-Control-Allow-Methods’).", Message{Engine: Gecko, Reason: fetch.MethodRefused, URL: api, Preflight: true}},
	{"firefox credentials", gecko + "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).", Message{Engine: Gecko, Reason: fetch.NoCredentials, URL: api}},
	{"firefox preflight", gecko + "CORS preflight response did not succeed). Status code: 404.", Message{Engine: Gecko, Reason: fetch.NotOK, URL: api, Status: 404, Preflight: true}},
	{"firefox preflight channel", gecko + "CORS preflight channel did not succeed).", Message{Engine: Gecko, Reason: fetch.NotOK, URL: api, Preflight: true}},
	{"firefox methods unreadable", gecko + "invalid token ‘GET;POST’ in CORS header ‘Access-Control-Allow-Methods’).", Message{Engine: Gecko, Reason: fetch.BadMethods, URL: api, Value: "GET;POST", Preflight: true}},
	{"firefox headers unreadable", gecko + "invalid token ‘x a’ in CORS header ‘Access-Control-Allow-Headers’).", Message{Engine: Gecko, Reason: fetch.BadHeaders, URL: api, Value: "x a", Preflight: true}},
	{"firefox header", gecko + "header ‘x-request-id’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).", Message{Engine: Gecko, Reason: fetch.HeaderRefused, URL: api, Header: "x-request-id", Preflight: true}},
	{"firefox 60 header", gecko + "missing token ‘authorization’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel).", Message{Engine: Gecko, Reason: fetch.HeaderRefused, URL: api, Header: "authorization", Preflight: true}},
	{"firefox authorization", "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at " + api + " soon. (Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. To include the `Authorization` header, it must be explicitly listed in CORS header `Access-Control-Allow-Headers`).", Message{Engine: Gecko, Reason: fetch.HeaderRefused, URL: api, Header: "Authorization", Preflight: true}},

	// Safari.
	{"safari origin", "[Error] Origin " + page + " is not allowed by Access-Control-Allow-Origin. Status code: 200" + safari, Message{Engine: WebKit, Reason: fetch.OtherOrigin, URL: api, Origin: page, Status: 200}},
	{"safari 12 origin", "[Error] Origin " + page + " is not allowed by Access-Control-Allow-Origin." + safari, Message{Engine: WebKit, Reason: fetch.OtherOrigin, URL: api, Origin: page}},
	{"safari preflight", "[Error] Preflight response is not successful. Status code: 404" + safari, Message{Engine: WebKit, Reason: fetch.NotOK, URL: api, Status: 404, Preflight: true}},
	{"safari 12 preflight", "[Error] Preflight response is not successful" + safari, Message{Engine: WebKit, Reason: fetch.NotOK, URL: api, Preflight: true}},
	{"safari star", "[Error] Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true." + safari, Message{Engine: WebKit, Reason: fetch.StarForCredentials, URL: api}},
	{"safari credentials", `[Error] Credentials flag is true, but Access-Control-Allow-Credentials is not "true".` + safari, Message{Engine: WebKit, Reason: fetch.NoCredentials, URL: api}},
	{"safari several", "[Error] Access-Control-Allow-Origin cannot contain more than one origin." + safari, Message{Engine: WebKit, Reason: fetch.SeveralOrigins, URL: api}},
	{"safari method", "[Error] Method PUT is not allowed by Access-Control-Allow-Methods." + safari, Message{Engine: WebKit, Reason: fetch.MethodRefused, URL: api, Method: "PUT", Preflight: true}},
	{"safari header", "[Error] Request header field X-Request-Id is not allowed by Access-Control-Allow-Headers." + safari, Message{Engine: WebKit, Reason: fetch.HeaderRefused, URL: api, Header: "X-Request-Id", Preflight: true}},
	{"safari methods unreadable", "[Error] Header Access-Control-Allow-Methods has an invalid value: GET;POST" + safari, Message{Engine: WebKit, Reason: fetch.BadMethods, URL: api, Value: "GET;POST", Preflight: true}},
	{"safari redirect", "[Error] Cross-origin redirection to https://login.example.com/ denied by Cross-Origin Resource Sharing policy: Origin " + page + " is not allowed by Access-Control-Allow-Origin. Status code: 302", Message{Engine: WebKit, Reason: fetch.OtherOrigin, URL: "https://login.example.com/", Origin: page, Status: 302}},
	{"safari redirect with a password", "[Error] Cross-origin redirection to https://u:p@x.example.com/ denied by Cross-Origin Resource Sharing policy: redirection URL https://u:p@x.example.com/ has credentials", Message{Engine: WebKit, Reason: fetch.RedirectUserinfo, URL: "https://u:p@x.example.com/", Value: "https://u:p@x.example.com/"}},
	{"safari redirect to an app", "[Error] Cross-origin redirection to myapp://x denied by Cross-Origin Resource Sharing policy: not allowed to follow a cross-origin CORS redirection with non CORS scheme", Message{Engine: WebKit, Reason: fetch.RedirectScheme, URL: "myapp://x"}},
	{"safari without a reason", "[Error] XMLHttpRequest cannot load " + api + " due to access control checks.", Message{Engine: WebKit, Reason: fetch.Blocked, URL: api}},

	// Others.
	{"jsdom", "Error: Cross origin http://localhost forbidden", Message{Engine: Other, Reason: fetch.NoAllowOrigin, Origin: "http://localhost"}},
}

func TestConsoleMessages(t *testing.T) {
	t.Parallel()
	for _, tt := range said {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, ok := Read(tt.text)
			if !ok {
				t.Fatal("not recognised")
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreFields(Message{}, "Sentence")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if got.Sentence == "" || !strings.Contains(straight.Replace(tt.text), got.Sentence) {
				t.Errorf("sentence = %q", got.Sentence)
			}
		})
	}
}

func TestOtherTextsAreNoMessages(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "TypeError: Failed to fetch", "dial tcp 127.0.0.1:80: connect: connection refused", "TypeError: NetworkError when attempting to fetch resource.",
		"the answer has Access-Control-Allow-Origin", "reflight", "we moved across origins",
	} {
		if m, ok := Read(text); ok {
			t.Errorf("%q is read as %+v", text, m)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, tt := range said {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := Read(text)
		if ok == (m.Reason == fetch.Allowed) {
			t.Errorf("recognised %v with reason %d", ok, m.Reason)
		}
		for _, part := range []string{m.URL, m.Origin, m.From, m.Method, m.Header, m.Value} {
			if len(part) > mostTaken {
				t.Errorf("a part of %d bytes", len(part))
			}
		}
	})
}
