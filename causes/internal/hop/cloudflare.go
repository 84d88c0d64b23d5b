package hop

import "github.com/faultline-http/faultline"

// Cloudflare has statuses of its own, 520 to 530, and numbered errors from 1000 on.
// https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
// and cloudflare-1xxx-errors/
func init() {
	add(System{
		Name: "Cloudflare", Kind: Edge,
		Marks: []Mark{
			{Field: "cf-ray"},
			{Field: "server", Value: "cloudflare"},
			{Field: "cf-mitigated", Means: Wrote},
			{Field: "set-cookie", Value: "__cf_bm"},
			{Field: "cf-cache-status", Means: Passed},
			{Markup: "cf-error-details"},
			{Markup: "/cdn-cgi/challenge-platform"},
			{Markup: "_cf_chl_opt"},
			{Page: "cloudflare ray id"},
			{Page: "performance & security by cloudflare"},
		},
		Tells: []Tell{
			{Status: 520, Shared: true, Cause: "gateway.bad-response", Hint: "520: an empty, unknown or too large answer of the origin"},
			{Status: 521, Shared: true, Cause: "gateway.upstream-refused", Hint: "521: the origin refuses the connection"},
			{Status: 522, Shared: true, Cause: "gateway.upstream-timeout", Hint: "522: no connection to the origin in time"},
			{Status: 523, Shared: true, Cause: "gateway.upstream-refused", Hint: "523: no route to the origin"},
			{Status: 524, Shared: true, Cause: "gateway.upstream-timeout", Hint: "524: connected, and no answer in 100 seconds"},
			{Status: 525, Shared: true, Cause: "gateway.upstream-tls", Hint: "525: the handshake with the origin failed"},
			{Status: 526, Shared: true, Cause: "gateway.upstream-tls", Hint: "526: the origin's certificate is not valid, and the mode is Full (strict)"},
			{Status: 527, Shared: true, Cause: "gateway.upstream-tls", Hint: "527: Railgun"},
			{Says: numbered("520"), Cause: "gateway.bad-response"},
			{Says: numbered("521", "523"), Cause: "gateway.upstream-refused"},
			{Says: numbered("522", "524"), Cause: "gateway.upstream-timeout"},
			{Says: numbered("525", "526"), Cause: "gateway.upstream-tls"},
			{Says: append(numbered("1000", "1001", "1002", "1003", "1004", "1013", "1014", "1018", "1023", "1034"), "direct ip access not allowed"), Shared: true, Cause: "route.wrong-host", At: "Host"},
			{Says: append(numbered("1016"), "origin dns error"), Shared: true, Cause: "gateway.upstream-dns", Hint: "1016: the name of the origin does not resolve"},
			{Says: append(numbered("1033"), "cloudflare tunnel error", "argo tunnel error"), Shared: true, Cause: "gateway.no-upstream", Hint: "1033: no cloudflared of the tunnel is connected"},
			{Says: append(numbered("1006", "1007", "1008", "1009", "1106"), "has banned your ip address", "has banned the country or region"), Shared: true, Cause: "auth.ip-blocked"},
			{Says: numbered("1010"), Shared: true, Cause: "security.waf-block", At: "User-Agent", Hint: "1010: what the client tells of itself is banned, mostly by its User-Agent"},
			{Says: append(numbered("1011", "1012", "1020"), "sorry, you have been blocked"), Shared: true, Cause: "security.waf-block"},
			{Says: []string{"attention required! | cloudflare", "enable javascript and cookies to continue", "enable java script and cookies to continue", "just a moment... enable javascript", "just a moment... enable java script"}, Cause: "security.waf-block", Hint: "a challenge that only browsers pass"},
			{Status: 403, Says: []string{"just a moment...", "checking your browser before accessing"}, Shared: true, Cause: "security.waf-block", Hint: "a challenge that only browsers pass"},
			{Says: numbered("1015"), Shared: true, Cause: "limit.rate"},
			{Says: append(numbered("1101"), "worker threw exception"), Shared: true, Cause: "server.exception", Hint: "1101: the Worker threw an exception"},
			{Says: append(numbered("1102"), "worker exceeded resource limits", "worker exceeded cpu time limit"), Shared: true, Cause: "server.overloaded", Hint: "1102: the Worker exceeded its limits"},
			{Says: numbered("1025", "1200"), Shared: true, Cause: "server.overloaded"},
		},
		Log: Log{Where: "the origin's log, and Security > Events of the zone", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "nothing: Cloudflare could not connect; ask the origin's firewall and port",
			"gateway.upstream-timeout": "the ray id of cf-ray, and how long the request ran",
			"gateway.bad-response":     "the ray id of cf-ray: a crash, a reset, or header fields above 32 KB",
			"gateway.upstream-tls":     "the certificate: openssl s_client -connect ORIGIN:443 -servername HOST",
			"security.waf-block":       "the ray id of cf-ray, with the rule that matched",
		}},
	})
}
