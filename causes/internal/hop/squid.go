package hop

import "github.com/faultline-http/faultline"

// Squid names its error in the field X-Squid-Error and as the id of its page. errors/ of its source.
func init() {
	add(System{
		Name: "Squid", Kind: Forward,
		Marks: []Mark{
			{Field: "server", Value: "squid"},
			{Field: "via", Value: "squid"},
			{Field: "x-squid-error", Means: Wrote},
			{Field: "x-cache-lookup"},
			{Page: "generated ~ (squid"},
		},
		Tells: []Tell{
			{Says: []string{"err connect fail"}, Cause: "gateway.upstream-refused"},
			{Says: []string{"err connect fail 110", "err connect fail 60"}, Cause: "gateway.upstream-timeout"},
			{Says: []string{"err dns fail"}, Cause: "gateway.upstream-dns"},
			{Says: []string{"err read timeout", "err lifetime exp"}, Cause: "gateway.upstream-timeout"},
			{Says: []string{"err zero size object", "err read error", "err write error", "err invalid resp", "err too big"}, Cause: "gateway.bad-response"},
			{Says: []string{"err secure connect fail", "err secure accept fail"}, Cause: "gateway.upstream-tls"},
			{Says: []string{"err cannot forward", "err no relay"}, Cause: "gateway.no-upstream"},
			{Says: []string{"err access denied", "err forwarding denied"}, Cause: "security.waf-block", Hint: "an access rule of the proxy forbids this address"},
			{Says: []string{"err conflict host"}, Cause: "route.wrong-host", At: "Host"},
			{Says: []string{"err shutting down"}, Cause: "server.unavailable"},
		},
		Log: Log{Where: "its access log and cache log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "TCP_MISS/503 with HIER_DIRECT",
			"gateway.upstream-timeout": "TCP_MISS/504",
			"gateway.upstream-tls":     "Error negotiating SSL connection",
			"security.waf-block":       "TCP_DENIED/403",
		}},
	})
}
