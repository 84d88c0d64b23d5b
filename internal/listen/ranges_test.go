package listen

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
)

func TestRanges(t *testing.T) {
	t.Parallel()
	r := ranges(t, "10.0.0.0/8", "10.1.0.0/16", "192.0.2.7", "192.0.2.8/31", "2001:db8::/32", "::ffff:198.51.100.0/120", "loopback")
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
	r := ranges(t, "10.0.0.0/8", "2001:db8::/32")
	addr := netip.MustParseAddr("10.1.2.3")
	if n := testing.AllocsPerRun(100, func() { r.Contains(addr) }); n != 0 {
		t.Errorf("Contains allocates %v times", n)
	}
}

func TestTextsThatAreNoRange(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"10.0.0.1/8": "`10.0.0.0/8`, or the address alone", "::ffff:10.0.0.1/104": "`10.0.0.0/8`, or", "example.com": "`loopback`", "10.0.0.0/33": "`loopback`", "": "`loopback`",
	} {
		var wrong *RangeError
		if _, err := ParseRange(text); !errors.As(err, &wrong) || !strings.Contains(wrong.Fix(), want) {
			t.Errorf("%q: %v, want an error whose fix has %s", text, err, want)
		}
	}
}

func TestRangesAreWrittenAsTheirMembersAreMet(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"::ffff:10.0.0.0/104": "10.0.0.0/8", "::ffff:192.0.2.7": "192.0.2.7/32", "fe80::1%eth0": "fe80::1/128", "loopback": "127.0.0.0/8",
	} {
		if got, err := ParseRange(text); err != nil || got[0].String() != want {
			t.Errorf("%s: %v, %v, want %s", text, got, err, want)
		}
	}
}

// ranges is a set that a test writes down.
func ranges(t *testing.T, texts ...string) Ranges {
	t.Helper()
	var all []netip.Prefix
	for _, text := range texts {
		prefixes, err := ParseRange(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, prefixes...)
	}
	return NewRanges(all...)
}
