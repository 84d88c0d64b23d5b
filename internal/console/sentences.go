package console

import "github.com/faultline-http/faultline/internal/fetch"

// sentences are the words of the engines, those that say more before those
// that say less. From Chromium's cors_error_string.cc and Blink's XMLHttpRequest,
// Gecko's security.properties, WebKit's CrossOriginAccessControl.cpp,
// CrossOriginPreflightResultCache.cpp and SubresourceLoader.cpp, and what earlier
// versions of each said.
var sentences = []sentence{
	// Private and local networks (Private Network Access; Local Network Access).
	{Blink, "No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network request targeting the `%` address space", fetch.PrivateRefused, true, "v"},
	{Blink, "The 'Access-Control-Allow-Private-Network' header in the preflight response for this private network request targeting the `%` address space had a value of", fetch.PrivateRefused, true, "v"},
	{Blink, "The request client is not a secure context and the resource is in more-private address space `%`", fetch.PrivateRefused, false, "v"},
	{Blink, "Request had a target IP address space of `%` yet the resource is in address space `%`", fetch.PrivateRefused, false, "vv"},
	{Blink, "Permission was denied for this request to access the `%` address space", fetch.PrivateRefused, false, "v"},
	{Blink, "No 'Access-Control-Allow-External' header was present in the preflight response", fetch.PrivateRefused, true, ""},
	{Blink, "The 'Access-Control-Allow-External' header in the preflight response for this external request had a value of '%'", fetch.PrivateRefused, true, "v"},

	// The method and the headers that a preflight allows.
	{Blink, "Method % is not allowed by Access-Control-Allow-Methods in preflight response", fetch.MethodRefused, true, "m"},
	{Blink, "Request header field % is not allowed by Access-Control-Allow-Headers in preflight response", fetch.HeaderRefused, true, "h"},
	{Blink, "Cannot parse Access-Control-Allow-Methods response header field in preflight response", fetch.BadMethods, true, ""},
	{Blink, "Cannot parse Access-Control-Allow-Headers response header field in preflight response", fetch.BadHeaders, true, ""},
	{WebKit, "Method % is not allowed by Access-Control-Allow-Methods", fetch.MethodRefused, true, "m"},
	{WebKit, "Request header field % is not allowed by Access-Control-Allow-Headers", fetch.HeaderRefused, true, "h"},
	{WebKit, "Header Access-Control-Allow-Methods has an invalid value: %", fetch.BadMethods, true, "v"},
	{WebKit, "Header Access-Control-Allow-Headers has an invalid value: %", fetch.BadHeaders, true, "v"},
	{Gecko, "Did not find method in CORS header 'Access-Control-Allow-Methods'", fetch.MethodRefused, true, ""},
	{Gecko, "invalid token '%' in CORS header 'Access-Control-Allow-Methods'", fetch.BadMethods, true, "v"},
	{Gecko, "invalid token '%' in CORS header 'Access-Control-Allow-Headers'", fetch.BadHeaders, true, "v"},
	{Gecko, "header '%' is not allowed according to header 'Access-Control-Allow-Headers' from CORS preflight response", fetch.HeaderRefused, true, "h"},
	{Gecko, "missing token '%' in CORS header 'Access-Control-Allow-Headers'", fetch.HeaderRefused, true, "h"},
	{Gecko, "When the `Access-Control-Allow-Headers` is `*`, the `%` header is not covered", fetch.HeaderRefused, true, "h"},

	// The preflight as a whole.
	{Blink, "Redirect is not allowed for a preflight request", fetch.Redirected, true, ""},
	{Blink, "Response for preflight is invalid (redirect)", fetch.Redirected, true, ""},
	{Blink, "Response for preflight has invalid HTTP status code %", fetch.NotOK, true, "s"},
	{Blink, "It does not have HTTP ok status", fetch.NotOK, true, ""},
	{WebKit, "Preflight response is not successful. Status code: %", fetch.NotOK, true, "s"},
	{WebKit, "Preflight response is not successful", fetch.NotOK, true, ""},
	{Gecko, "CORS preflight response did not succeed", fetch.NotOK, true, ""},
	{Gecko, "CORS preflight channel did not succeed", fetch.NotOK, true, ""},
	{Gecko, "CORS request external redirect not allowed", fetch.Redirected, true, ""},
	{Blink, "was redirected to '%', which is disallowed for cross-origin requests that require preflight", fetch.Redirected, true, "v"},

	// Credentials.
	{Blink, "must not be the wildcard '*' when the request's credentials mode is 'include'", fetch.StarForCredentials, false, ""},
	{Blink, "A wildcard '*' cannot be used in the 'Access-Control-Allow-Origin' header when the credentials flag is true", fetch.StarForCredentials, false, ""},
	{Blink, "The value of the 'Access-Control-Allow-Credentials' header in the response is '%' which must be 'true'", fetch.NoCredentials, false, "v"},
	{Blink, "but the 'Access-Control-Allow-Credentials' header is '%'. It must be 'true' to allow credentials", fetch.NoCredentials, false, "v"},
	{WebKit, "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true", fetch.StarForCredentials, false, ""},
	{WebKit, `Credentials flag is true, but Access-Control-Allow-Credentials is not "true"`, fetch.NoCredentials, false, ""},
	{Gecko, "Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'", fetch.StarForCredentials, false, ""},
	{Gecko, "expected 'true' in CORS header 'Access-Control-Allow-Credentials'", fetch.NoCredentials, false, ""},

	// The origin.
	{Blink, "The 'Access-Control-Allow-Origin' header contains multiple values '%', but only one is allowed", fetch.SeveralOrigins, false, "v"},
	{Blink, "The 'Access-Control-Allow-Origin' header contains the invalid value '%'", fetch.OtherOrigin, false, "v"},
	{Blink, "The 'Access-Control-Allow-Origin' header has a value '%' that is not equal to the supplied origin", fetch.OtherOrigin, false, "v"},
	{WebKit, "Access-Control-Allow-Origin cannot contain more than one origin", fetch.SeveralOrigins, false, ""},
	{Gecko, "Multiple CORS header 'Access-Control-Allow-Origin' not allowed", fetch.SeveralOrigins, false, ""},
	{Gecko, "CORS header 'Access-Control-Allow-Origin' does not match '%'", fetch.OtherOrigin, false, "v"},
	{Gecko, "CORS header 'Access-Control-Allow-Origin' missing", fetch.NoAllowOrigin, false, ""},
	{Gecko, "CORS header 'Origin' cannot be added", fetch.Blocked, false, ""},
	{Blink, "No 'Access-Control-Allow-Origin' header is present on the requested resource", fetch.NoAllowOrigin, false, ""},

	// Redirects, and addresses that CORS does not know.
	{Blink, "Redirect location '%' contains a username and password", fetch.RedirectUserinfo, false, "v"},
	{Blink, "The request was redirected to a URL ('%') which has a disallowed scheme for cross-origin requests", fetch.RedirectScheme, false, "v"},
	{Blink, "Redirect location '%' has a disallowed scheme for cross-origin requests", fetch.RedirectScheme, false, "v"},
	{WebKit, "redirection URL % has credentials", fetch.RedirectUserinfo, false, "v"},
	{WebKit, "not allowed to follow a cross-origin CORS redirection with non CORS scheme", fetch.RedirectScheme, false, ""},
	{Blink, "Cross origin requests are only supported for", fetch.NotHTTP, false, ""},
	{Gecko, "CORS request not http", fetch.NotHTTP, false, ""},

	// Headers of the answer that the script may not read.
	{Blink, `Refused to get unsafe header "%"`, fetch.Hidden, false, "h"},

	// WebKit does not tell a missing field from one that names another origin.
	{WebKit, "Origin % is not allowed by Access-Control-Allow-Origin", fetch.OtherOrigin, false, "o"},

	// Clients that play a browser: jsdom, happy-dom.
	{Other, "Cross origin % forbidden", fetch.NoAllowOrigin, false, "o"},

	// It was CORS, and no more is said.
	{Gecko, "CORS request did not succeed", fetch.NoAnswer, false, ""},
	{Gecko, "CORS disabled", fetch.Blocked, false, ""},
	{Blink, "The response is invalid", fetch.Blocked, false, ""},
	{Blink, "Cross origin requests are not allowed by request mode", fetch.Blocked, false, ""},
	{WebKit, "due to access control checks", fetch.Blocked, false, ""},
	{WebKit, "denied by Cross-Origin Resource Sharing policy", fetch.Blocked, false, ""},
	{Blink, "has been blocked by CORS policy", fetch.Blocked, false, ""},
	{Gecko, "Cross-Origin Request Blocked", fetch.Blocked, false, ""},
}
