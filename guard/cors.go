package guard

import (
	"net"
	"net/url"
	"slices"

	"github.com/faultline-http/faultline"
)

// cors are the fields that let a page's script read our answer (Fetch
// standard, section 3.2.3); without them the browser hides the explanation
// behind "Failed to fetch". They go to the origins that were configured, and to
// pages on loopback if the caller is on loopback too. Credentials are not
// mentioned: the answer holds nothing that depends on them.
func cors(origin string, configured []string, loopback bool) faultline.Header {
	allowed := slices.Contains(configured, origin) || slices.Contains(configured, "*") || loopback && loopbackOrigin(origin)
	if origin == "" || !allowed {
		return nil
	}
	return faultline.Header{
		{Name: "Access-Control-Allow-Origin", Value: origin},
		{Name: "Access-Control-Expose-Headers", Value: "Faultline-Id, Faultline-Action, Faultline-Cause"},
	}
}

func loopbackOrigin(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" || u.User != nil {
		return false
	}
	if u.Hostname() == "localhost" {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return ip != nil && ip.IsLoopback()
}
