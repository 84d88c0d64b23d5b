package causes

import "github.com/faultline-http/faultline"

func init() { register("gateway.upstream-tls", upstreamTLS) }

// upstreamTLS is for a handshake that fails between the gateway and the API.
// The client's own handshake, with the gateway, was fine.
func upstreamTLS(c *Case) []faultline.Finding {
	return c.behindGateway("gateway.upstream-tls", &story{
		message:  "the TLS handshake between the gateway and the API fails",
		brief:    "and the API do not agree on TLS",
		broke:    "TLS fails",
		expected: "a certificate and a protocol that the gateway accepts",
		remedy:   "renew or correct the API's certificate, or tell %s which name and authority to expect",
		steps: []faultline.Step{
			{Text: "look at the certificate that the API shows to the gateway", Command: "openssl s_client -connect API:443 -servername NAME </dev/null"},
			{Text: "compare its names, its dates and its chain with what the gateway checks, and the name that the gateway sends (SNI)"},
			{Text: "if the API speaks plain HTTP on that port, or the gateway does: let both use the same"},
		},
		retry: "safe once the handshake succeeds: the API did not see the %s",
	})
}
