package listen

import (
	"net"
	"net/netip"
	"strings"
	"testing"
)

func TestRanges(t *testing.T) {
	t.Parallel()
	r, err := ParseRanges("10.0.0.0/8", "10.1.0.0/16", "192.0.2.7", "192.0.2.8/31", "2001:db8::/32", "::ffff:198.51.100.0/120", "loopback")
	if err != nil {
		t.Fatal(err)
	}
	for addr, want := range map[string]bool{
		"9.255.255.255": false, "10.0.0.0": true, "10.1.2.3": true, "10.200.0.1": true, "10.255.255.255": true, "11.0.0.0": false,
		"192.0.2.6": false, "192.0.2.7": true, "192.0.2.9": true, "192.0.2.10": false, "198.51.100.9": true, "198.51.101.0": false,
		"::ffff:10.0.0.1": true, "2001:db8::1": true, "2001:db9::": false, "::1": true, "::": false, "127.3.4.5": true, "fe80::1%eth0": false,
		"0.0.0.0": false, "255.255.255.255": false,
	} {
		if got := r.Contains(netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s: %v, want %v", addr, got, want)
		}
	}
}

func TestContainsAllocatesNothing(t *testing.T) {
	r, err := ParseRanges("10.0.0.0/8", "2001:db8::/32")
	if err != nil {
		t.Fatal(err)
	}
	addr := netip.MustParseAddr("10.1.2.3")
	if n := testing.AllocsPerRun(100, func() { r.Contains(addr) }); n != 0 {
		t.Errorf("Contains allocates %v times", n)
	}
}

func TestRangesThatAreNone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"10.0.0.1/8": "10.0.0.0/8 is meant", "example.com": "no address", "10.0.0.0/33": "no address", "": "no address",
	} {
		if _, err := ParseRanges(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an error with %q", text, err, want)
		}
	}
}

func TestDenyIsStrongerThanAllow(t *testing.T) {
	t.Parallel()
	ranges := func(texts ...string) Ranges {
		r, err := ParseRanges(texts...)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	a := Access{Allow: ranges("10.0.0.0/8"), Deny: ranges("10.9.0.0/16")}
	for addr, want := range map[string]bool{"10.1.1.1": true, "10.9.1.1": false, "192.0.2.1": false} {
		if got := a.Allows(netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s: %v, want %v", addr, got, want)
		}
	}
	if (&Access{Deny: ranges("*")}).Allows(netip.MustParseAddr("::1")) {
		t.Error("`*` denies nobody")
	}
	if !a.Allows(netip.Addr{}) {
		t.Error("a peer on a Unix socket is denied")
	}
}

func TestDeniedConnectionIsClosedAndSaid(t *testing.T) {
	t.Parallel()
	var told notices
	deny, _ := ParseRanges("loopback")
	l := opened(t, Spec{Access: Access{Deny: deny}, Notify: told.add})
	done := greetOne(t, l)
	c := dialed(t, l)
	if n, err := c.Read(make([]byte, 1)); err == nil {
		t.Errorf("%d bytes came back", n)
	}
	list := told.take()
	if len(list) != 1 || list[0].Topic != Denied || !strings.Contains(list[0].Text, "127.0.0.1") {
		t.Errorf("notices = %v", list)
	}
	_ = l.Close()
	if g := <-done; g.err == nil || !strings.Contains(g.err.Error(), net.ErrClosed.Error()) {
		t.Errorf("accept: %v", g.err)
	}
}
