package capture

import (
	"fmt"
	"strings"
)

// curlKind is what an option of curl takes.
type curlKind uint8

const (
	takesNothing curlKind = iota // also as --no-NAME
	takesValue
)

// curlShort maps the one-letter options to their long names.
var curlShort = map[byte]string{
	'0': "http1.0", '1': "tlsv1", '2': "sslv2", '3': "sslv3", '4': "ipv4", '6': "ipv6", ':': "next", '#': "progress-bar",
	'a': "append", 'A': "user-agent", 'b': "cookie", 'B': "use-ascii", 'c': "cookie-jar", 'C': "continue-at", 'd': "data",
	'D': "dump-header", 'e': "referer", 'E': "cert", 'f': "fail", 'F': "form", 'g': "globoff", 'G': "get", 'h': "help", 'H': "header",
	'i': "show-headers", 'I': "head", 'j': "junk-session-cookies", 'J': "remote-header-name", 'k': "insecure", 'K': "config",
	'l': "list-only", 'L': "location", 'm': "max-time", 'M': "manual", 'n': "netrc", 'N': "no-buffer", 'o': "output", 'O': "remote-name",
	'p': "proxytunnel", 'P': "ftp-port", 'q': "disable", 'Q': "quote", 'r': "range", 'R': "remote-time", 's': "silent", 'S': "show-error",
	't': "telnet-option", 'T': "upload-file", 'u': "user", 'U': "proxy-user", 'v': "verbose", 'V': "version", 'w': "write-out",
	'x': "proxy", 'X': "request", 'y': "speed-time", 'Y': "speed-limit", 'z': "time-cond", 'Z': "parallel",
}

// curlLong are the long options of curl 8 that take a value; those that take
// none are in curlFlags. Both lists are needed whole: an option whose kind is
// not known would swallow the address behind it, or not.
var curlLong = words(`abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
	continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode delegation
	dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save expect100-timeout
	form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip
	header hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type krb libcurl limit-rate
	local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir
	parallel-max parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert
	proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name
	proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate referer
	request request-target resolve retry retry-delay retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5
	socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers
	tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file upload-flags url url-query user user-agent
	variable vlan-priority write-out dns-cache-timeout`)

var curlFlags = words(`anyauth append basic ca-native cert-status compressed compressed-ssh create-dirs crlf digest disable disable-eprt
	disable-epsv disallow-username-in-url doh-cert-status doh-insecure fail fail-early fail-with-body false-start form-escape ftp-create-dirs
	ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl ftp-ssl-ccc ftp-ssl-control ftp-ssl-reqd get globoff haproxy-protocol head help http0.9 http1.0
	http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include insecure ipv4 ipv6 junk-session-cookies list-only
	location location-trusted mail-rcpt-allowfails manual metalink mptcp negotiate netrc netrc-optional next no-alpn no-buffer no-clobber
	no-keepalive no-npn no-progress-meter no-sessionid ntlm ntlm-wb parallel parallel-immediate path-as-is post301 post302 post303
	progress-bar proxy-anyauth proxy-basic proxy-ca-native proxy-digest proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm
	proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name remote-name remote-name-all remote-time
	remove-on-error retry-all-errors retry-connrefused sasl-ir show-error show-headers silent skip-existing socks5-basic socks5-gssapi
	socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3 styled-output
	suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options tls-earlydata tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding
	trace-ids trace-time use-ascii verbose version xattr`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// A curlOption is one option of a command line: its long name and its value.
// An address has the name "url".
type curlOption struct {
	name  string
	value string
	off   bool // --no-NAME
}

// curlOptions splits a command line, without the word curl, into options.
func curlOptions(args []string) ([]curlOption, error) {
	var options []curlOption
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			for _, a := range args[i+1:] {
				options = append(options, curlOption{name: "url", value: a})
			}
			return options, nil
		case strings.HasPrefix(arg, "--"):
			o, kind, err := longOption(arg[2:])
			if err != nil {
				return nil, err
			}
			if kind == takesValue {
				if i++; i == len(args) {
					return nil, fmt.Errorf("option `--%s` lacks its value", o.name)
				}
				o.value = args[i]
			}
			options = append(options, o)
		case len(arg) > 1 && arg[0] == '-':
			more, used, err := shortOptions(arg[1:], args[i+1:])
			if err != nil {
				return nil, err
			}
			options = append(options, more...)
			i += used
		default:
			options = append(options, curlOption{name: "url", value: arg})
		}
	}
	return options, nil
}

// shortOptions splits a cluster such as sSLkX, whose last letter may take the
// rest of the word or the next word as its value.
func shortOptions(cluster string, rest []string) (options []curlOption, used int, err error) {
	for i := 0; i < len(cluster); i++ {
		name, ok := curlShort[cluster[i]]
		if !ok {
			return nil, 0, fmt.Errorf("curl has no option %s", quote("-"+cluster[i:i+1]))
		}
		if !curlLong[name] {
			options = append(options, curlOption{name: name})
			continue
		}
		o := curlOption{name: name, value: cluster[i+1:]}
		if o.value == "" {
			if len(rest) == 0 {
				return nil, 0, fmt.Errorf("option `-%c` lacks its value", cluster[i])
			}
			o.value, used = rest[0], 1
		}
		return append(options, o), used, nil
	}
	return options, 0, nil
}

// longOption finds a long option by its name or by a beginning that only one
// option has, which curl accepted for twenty years.
func longOption(name string) (curlOption, curlKind, error) {
	o := curlOption{name: name}
	if kind, ok := curlOptionKind(name); ok {
		return o, kind, nil
	}
	if positive, ok := strings.CutPrefix(name, "no-"); ok {
		if kind, known := curlOptionKind(positive); known && kind == takesNothing {
			return curlOption{name: positive, off: true}, takesNothing, nil
		}
	}
	if before, _, ok := strings.Cut(name, "="); ok {
		if _, known := curlOptionKind(before); known {
			return o, 0, fmt.Errorf("curl takes the value of `--%s` as the next word, not behind `=`", before)
		}
	}
	var found []string
	for _, set := range []map[string]bool{curlLong, curlFlags} {
		for known := range set {
			if name != "" && strings.HasPrefix(known, name) {
				found = append(found, known)
			}
		}
	}
	if len(found) != 1 {
		return o, 0, fmt.Errorf("curl has no option %s", quote("--"+name))
	}
	kind, _ := curlOptionKind(found[0])
	return curlOption{name: found[0]}, kind, nil
}

func curlOptionKind(name string) (curlKind, bool) {
	if curlLong[name] {
		return takesValue, true
	}
	return takesNothing, curlFlags[name]
}
