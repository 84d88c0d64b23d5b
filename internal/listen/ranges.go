package listen

import (
	"cmp"
	"net/netip"
	"slices"
)

// Ranges is a set of addresses. It does not change after it was made; the zero
// value is empty.
type Ranges struct{ list []span }

// span is the addresses from first to last.
type span struct{ first, last netip.Addr }

// NewRanges makes a set of prefixes.
func NewRanges(prefixes ...netip.Prefix) Ranges {
	var list []span
	for _, p := range prefixes {
		p = unmapped(p)
		list = append(list, span{p.Masked().Addr(), lastOf(p)})
	}
	slices.SortFunc(list, func(a, b span) int {
		return cmp.Or(a.first.Compare(b.first), a.last.Compare(b.last))
	})
	merged := list[:0]
	for _, s := range list {
		if n := len(merged); n > 0 && merged[n-1].first.BitLen() == s.first.BitLen() && s.first.Compare(merged[n-1].last) <= 0 {
			if merged[n-1].last.Less(s.last) {
				merged[n-1].last = s.last
			}
			continue
		}
		merged = append(merged, s)
	}
	return Ranges{merged}
}

// named are sets of addresses that have a name.
var named = map[string][]string{
	"*":        {"0.0.0.0/0", "::/0"},
	"loopback": {"127.0.0.0/8", "::1/128"},
	"private":  {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"},
}

// A RangeError says why a text is no range of addresses.
type RangeError struct {
	Text  string
	Meant netip.Prefix // the range of an address with bits behind its prefix; zero: it is no address at all
}

func (e *RangeError) Error() string {
	if e.Meant.IsValid() {
		return "`" + e.Text + "` has bits set behind its prefix"
	}
	return "`" + e.Text + "` is no address and no range of addresses"
}

// Fix says what to write instead.
func (e *RangeError) Fix() string {
	if e.Meant.IsValid() {
		return "write `" + e.Meant.String() + "`, or the address alone"
	}
	return "write `10.0.0.0/8`, `192.0.2.7`, `::1`, `loopback`, `private` or `*`"
}

// ParseRange reads an address or a prefix: "10.0.0.0/8", "192.0.2.7", "::1".
// "*" is every address, "loopback" those of this machine, "private" those of
// RFC 1918 and RFC 4193. An error is a *RangeError.
func ParseRange(text string) ([]netip.Prefix, error) {
	if members, ok := named[text]; ok {
		out := make([]netip.Prefix, len(members))
		for i, m := range members {
			out[i] = netip.MustParsePrefix(m)
		}
		return out, nil
	}
	if addr, err := netip.ParseAddr(text); err == nil {
		addr = addr.WithZone("").Unmap()
		return []netip.Prefix{netip.PrefixFrom(addr, addr.BitLen())}, nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		return nil, &RangeError{Text: text}
	}
	if p = unmapped(p); p.Masked() != p {
		return nil, &RangeError{Text: text, Meant: p.Masked()}
	}
	return []netip.Prefix{p}, nil
}

// unmapped turns ::ffff:10.0.0.0/104 into 10.0.0.0/8.
func unmapped(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		return netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p
}

func lastOf(p netip.Prefix) netip.Addr {
	bytes := p.Masked().Addr().AsSlice()
	for bit := p.Bits(); bit < len(bytes)*8; bit++ {
		bytes[bit/8] |= 0x80 >> (bit % 8)
	}
	last, _ := netip.AddrFromSlice(bytes)
	return last
}

// Empty reports whether no address is in the set.
func (r Ranges) Empty() bool { return len(r.list) == 0 }

// Contains reports whether the address is in the set. It allocates nothing.
func (r Ranges) Contains(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	i, found := slices.BinarySearchFunc(r.list, addr, func(s span, a netip.Addr) int { return s.first.Compare(a) })
	if found {
		return true
	}
	return i > 0 && r.list[i-1].first.BitLen() == addr.BitLen() && addr.Compare(r.list[i-1].last) <= 0
}
