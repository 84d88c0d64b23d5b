package ca

import (
	"fmt"
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
)

// names turns what a client may write into what a certificate says: letters of
// other scripts become ASCII (RFC 5890), capitals small ones. Underscores stay,
// which names of containers have.
var names = idna.New(idna.MapForLookup(), idna.StrictDomainName(false), idna.VerifyDNSLength(true))

// canonical reads a host without its port as a certificate has it: a name or an
// address (RFC 5280, section 4.2.1.6).
func canonical(host string) (name string, ip netip.Addr, err error) {
	bare := strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if ip, err = netip.ParseAddr(bare); err == nil {
		return "", ip.Unmap().WithZone(""), nil
	}
	name, err = names.ToASCII(strings.TrimSuffix(host, "."))
	if err != nil || !plain(name) {
		return "", netip.Addr{}, fmt.Errorf("ca: `%.100s` is not the name of a host", host)
	}
	return name, netip.Addr{}, nil
}

// plain reports whether a name has only letters, digits, hyphens, underscores
// and single dots between labels.
func plain(name string) bool {
	const allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_."
	strange := strings.ContainsFunc(name, func(r rune) bool { return !strings.ContainsRune(allowed, r) })
	return name != "" && name[0] != '.' && !strings.Contains(name, "..") && !strange
}
