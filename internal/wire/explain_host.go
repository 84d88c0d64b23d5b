package wire

import (
	"net/http"
	"net/netip"
	"strconv"
	"strings"
)

// hostFaults are the names of what can be wrong with an authority, by the place it stands in.
type hostFaults struct {
	missing, userinfo, url, list, invalid, brackets, port *Fault
}

var (
	targetFaults = hostFaults{targetNoHost, targetUserinfo, targetHostInvalid, targetHostInvalid, targetHostInvalid, targetHostInvalid, targetPort}
	fieldFaults  = hostFaults{hostEmptyName, hostUserinfo, hostURL, hostList, hostInvalid, hostBrackets, hostPort}
)

// checkAuthority judges "host:port" that stands at the index of the line.
func checkAuthority(l line, at int, s string, f hostFaults) *Error {
	end := at + len(s)
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		return l.at(at, at+i+1, f.userinfo)
	}
	if i := firstNot(s, &hostByte); i >= 0 {
		return badHostByte(l, at, i, s, f)
	}
	if i := strings.IndexByte(s, ','); i >= 0 {
		return named(l, at+i, at+i+1, f.list, "`,`")
	}
	host, port := splitPort(s)
	switch {
	case host == "":
		return l.at(at, at, f.missing)
	case strings.ContainsAny(host, "[]") && !isIPLiteral(host):
		return named(l, at, at+len(host), f.brackets, "`"+clip(host)+"`")
	case !strings.ContainsAny(host, "[]") && strings.Contains(host, ":"):
		// An IPv6 address without brackets, or two ports.
		return l.at(at+strings.IndexByte(host, ':')+1, end, f.port, clip(s[strings.IndexByte(host, ':')+1:]))
	}
	if n, err := strconv.ParseUint(port, 10, 16); port != "" && (err != nil || n == 0) {
		return l.at(end-len(port), end, f.port, clip(port))
	}
	return nil
}

func badHostByte(l line, at, i int, s string, f hostFaults) *Error {
	switch {
	case s[i] == '/' || s[i] == '?' || s[i] == '\\':
		return named(l, at+i, at+i+1, f.url, ByteName(s[i]))
	case strings.Contains(s[:i], ","):
		i = strings.IndexByte(s, ',')
		return named(l, at+i, at+i+1, f.list, "`,`")
	}
	return named(l, at+i, at+i+1, f.invalid, ByteName(s[i]))
}

// named gives the argument to faults whose words want one.
func named(l line, start, end int, f *Fault, what string) *Error {
	if strings.Contains(f.Words, "%s") {
		return l.at(start, end, f, what)
	}
	return l.at(start, end, f)
}

// splitPort cuts at the last colon that is not inside brackets.
func splitPort(s string) (host, port string) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || strings.IndexByte(s[i:], ']') >= 0 {
		return s, ""
	}
	return s[:i], s[i+1:]
}

// isIPLiteral recognises [address] (RFC 3986, section 3.2.2); the address may
// have a zone (RFC 6874), and IPvFuture has never been used.
func isIPLiteral(host string) bool {
	if len(host) < 4 || host[0] != '[' || host[len(host)-1] != ']' {
		return false
	}
	address, err := netip.ParseAddr(strings.Replace(host[1:len(host)-1], "%25", "%", 1))
	return err == nil && address.Is6()
}

// checkHost holds the Host field to RFC 9112, section 3.2: exactly one in
// HTTP/1.1, and a valid one; everything else is answered 400.
func (x *explainer) checkHost() *Error {
	var host *placed
	for i := range x.fields {
		f := &x.fields[i]
		if !lowerEqual(f.Name, "host") {
			continue
		}
		if host != nil {
			return f.at(0, len(f.Name), hostDoubled)
		}
		host = f
		if f.Value == "" {
			continue
		}
		if err := checkAuthority(f.line, f.value, f.Value, fieldFaults); err != nil {
			return err
		}
	}
	if host == nil {
		if x.minor == 1 {
			return x.end.at(0, 0, hostMissing)
		}
		return nil
	}
	return x.sameHost(host)
}

// sameHost compares Host with the authority of an absolute-form target. RFC
// 9112, section 3.2.2, has a proxy go by the target and send its authority as
// Host; servers that go by the Host field instead would see another site than
// the rules before them. No client of section 3.2 sends two, so both are
// refused, as HAProxy does. In a CONNECT request Host says nothing that anybody
// goes by.
func (x *explainer) sameHost(host *placed) *Error {
	want := x.target.authority
	if want == "" || x.target.method == http.MethodConnect {
		return nil
	}
	port := ":80"
	if len(x.target.text) > 5 && x.target.text[4]|0x20 == 's' {
		port = ":443"
	}
	if strings.EqualFold(strings.TrimSuffix(want, port), strings.TrimSuffix(host.Value, port)) {
		return nil
	}
	return host.at(host.value, host.value+len(host.Value), hostMismatch, clip(want), clip(host.Value))
}
