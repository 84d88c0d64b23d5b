package proxy_test

import (
	"net/netip"
	"testing"

	"github.com/faultline-http/faultline/internal/proxy"
)

func TestAccess(t *testing.T) {
	t.Parallel()
	office := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("127.0.0.1/32")}
	printer := []netip.Prefix{netip.MustParsePrefix("10.9.9.9/32")}
	for _, tt := range []struct {
		name   string
		access proxy.Access
		client string
		want   bool
	}{
		{"no rules", proxy.Access{}, "203.0.113.9", true},
		{"allowed", proxy.Access{Allow: office}, "10.1.2.3", true},
		{"not among the allowed", proxy.Access{Allow: office}, "203.0.113.9", false},
		{"denied although allowed", proxy.Access{Allow: office, Deny: printer}, "10.9.9.9", false},
		{"only some are denied", proxy.Access{Deny: printer}, "203.0.113.9", true},
		{"IPv4 written as IPv6", proxy.Access{Deny: printer}, "::ffff:10.9.9.9", false},
		{"IPv6 with a zone", proxy.Access{Allow: office}, "2001:db8::1%eth0", true},
		{"a Unix socket is this machine", proxy.Access{Allow: office}, "", true},
		{"and is denied as this machine", proxy.Access{Deny: office}, "", false},
	} {
		var client netip.Addr
		if tt.client != "" {
			client = netip.MustParseAddr(tt.client)
		}
		if got := tt.access.Permits(client); got != tt.want {
			t.Errorf("%s: Permits(%s) = %v, want %v", tt.name, tt.client, got, tt.want)
		}
	}
}
