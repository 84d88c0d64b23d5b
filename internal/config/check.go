package config

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/faultline-http/faultline/guard"
)

// check finds what is wrong although each value by itself is fine.
func (l *Loaded) check() (errs Errors) {
	errs = append(errs, l.checkListeners()...)
	errs = append(errs, l.checkAdmin()...)
	errs = append(errs, l.checkLimits()...)
	l.nameServices()
	for i := range l.Config.Services {
		errs = append(errs, l.checkService(i)...)
	}
	return append(errs, l.checkClaims()...)
}

func (l *Loaded) checkListeners() (errs Errors) {
	first := map[string]int{}
	for i := range l.Config.Listen {
		ln, path := &l.Config.Listen[i], index("listen", i)
		if other, twice := first[ln.Address]; twice && !anyPort(ln.Address) {
			e := l.Errorf(path, "keep one of the two", "`%s` is listened on twice", ln.Address)
			errs = append(errs, l.also(e, index("listen", other), "first here"))
		} else {
			first[ln.Address] = i
		}
		if ln.SocketMode != 0 && !strings.HasPrefix(ln.Address, "unix:") {
			errs = append(errs, l.Errorf(path+".socket_mode", "leave it out", "only a Unix socket has a mode"))
		}
		switch kind, _, _ := strings.Cut(ln.Address, ":"); {
		case ln.HTTP3 && ln.TLS == nil:
			errs = append(errs, l.Errorf(path+".http3", "add `tls`, or leave `http3` out", "HTTP/3 is spoken over TLS only"))
		case ln.HTTP3 && (kind == "unix" || kind == "systemd" || kind == "fd"):
			errs = append(errs, l.Errorf(path+".http3", "write `address: :443`, or leave `http3` out", "HTTP/3 needs a port, and `%s` is none", ln.Address))
		}
		errs = append(errs, l.checkTLS(ln.TLS, path+".tls")...)
	}
	return errs
}

func (l *Loaded) checkTLS(t *ListenerTLS, path string) (errs Errors) {
	if t == nil {
		return nil
	}
	if len(t.Certificates) == 0 && len(t.ACME.Domains) == 0 {
		errs = append(errs, l.Errorf(path, "add `certificates`, or `acme` with `domains`", "TLS without a certificate"))
	}
	if t.Client.Mode != "none" && t.Client.CA == "" {
		errs = append(errs, l.Errorf(path+".client.mode", "add `ca`", "`%s` without `ca`: there is nothing to verify certificates of clients by", t.Client.Mode))
	}
	if len(t.ACME.Domains) > 0 && !t.ACME.Agreed {
		errs = append(errs, l.Errorf(path+".acme.agreed", "read the terms and write `agreed: true`", "the authority gives certificates to those who accept its terms"))
	}
	for i, domain := range t.ACME.Domains {
		if strings.HasPrefix(domain, "*.") {
			errs = append(errs, l.Errorf(index(path+".acme.domains", i), "list the names", "`%s`: certificates for a star are given for a proof in the DNS only", domain))
		}
	}
	return errs
}

// anyPort reports whether an address may stand twice.
func anyPort(address string) bool {
	_, port, err := net.SplitHostPort(address)
	return err == nil && port == "0"
}

func (l *Loaded) checkAdmin() (errs Errors) {
	a := &l.Config.Admin
	if a.Address == "" {
		return nil
	}
	if !LocalOnly(a.Address) && a.Token.Value() == "" {
		errs = append(errs, l.Errorf("admin.address", "listen on `127.0.0.1`, or add `token`", "`%s` is reached by other machines, and everybody there could read and stop everything", a.Address))
	}
	for i := range l.Config.Listen {
		if l.Config.Listen[i].Address == a.Address && !anyPort(a.Address) {
			e := l.Errorf("admin.address", "give it a port of its own", "`%s` is where clients call", a.Address)
			errs = append(errs, l.also(e, index("listen", i), "here"))
		}
	}
	return errs
}

// LocalOnly reports whether only this machine reaches an address.
func LocalOnly(address string) bool {
	if strings.HasPrefix(address, "unix:") {
		return true
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (l *Loaded) checkLimits() Errors {
	c := &l.Config.Limits
	if c.LineSize > c.HeadSize {
		path := "limits.line_size"
		if _, set := l.origins[path]; !set {
			path = "limits.head_size"
		}
		return Errors{l.Errorf(path, "make `head_size` larger", "the request line (`line_size`, %s) is part of the head (`head_size`, %s)", sizeText(c.LineSize), sizeText(c.HeadSize))}
	}
	return nil
}

// nameServices names those that have no name after their host.
func (l *Loaded) nameServices() {
	taken := map[string]bool{}
	for i := range l.Config.Services {
		taken[l.Config.Services[i].Name] = true
	}
	for i := range l.Config.Services {
		s := &l.Config.Services[i]
		if s.Name != "" || s.To == nil {
			continue
		}
		base := s.To.Hostname()
		if s.To.Scheme == "unix" {
			base = s.To.Path[strings.LastIndexByte(s.To.Path, '/')+1:]
		}
		s.Name = base
		for n := 2; taken[s.Name]; n++ {
			s.Name = fmt.Sprintf("%s-%d", base, n)
		}
		taken[s.Name] = true
	}
}

func (l *Loaded) checkService(i int) (errs Errors) {
	s, path := &l.Config.Services[i], index("services", i)
	for j := range i {
		if l.Config.Services[j].Name == s.Name {
			e := l.Errorf(path+".name", "give each service a name of its own", "two services have the name `%s`", s.Name)
			errs = append(errs, l.also(e, index("services", j)+".name", "first here"))
		}
	}
	if s.Mode == guard.Block && len(s.Contracts) == 0 {
		errs = append(errs, l.Errorf(path+".mode", "add `contracts: [openapi.yaml]`", "the mode `block` without a contract has nothing to block by"))
	}
	if (s.TLS != ServiceTLS{}) && s.To.Scheme != "https" && s.To.Scheme != "h2" {
		errs = append(errs, l.Errorf(path+".tls", "write `to: https://"+s.To.Host+s.To.Path+"`, or leave `tls` out", "`%s` is spoken to without TLS", s.To))
	}
	switch {
	case s.TLS.Cert != "" && s.TLS.Key == "":
		errs = append(errs, l.Errorf(path+".tls.cert", "add `key`", "a certificate without its private key"))
	case s.TLS.Key != "" && s.TLS.Cert == "":
		errs = append(errs, l.Errorf(path+".tls.key", "add `cert`", "a private key without its certificate"))
	}
	for n := range l.Config.Listen {
		if pointsAt(s.To, l.Config.Listen[n].Address) {
			e := l.Errorf(path+".to", "give the service another port", "`%s` is the proxy itself", s.To)
			errs = append(errs, l.also(e, index("listen", n), "listened on here"))
		}
	}
	return errs
}

// pointsAt reports whether calls to a service would come back to a listener.
func pointsAt(to *url.URL, address string) bool {
	host, port, err := net.SplitHostPort(address)
	if err != nil || port == "0" || to.Port() != port {
		return false
	}
	return to.Hostname() == host || LocalOnly(net.JoinHostPort(to.Hostname(), port)) && (host == "" || LocalOnly(address))
}

// claim is one host and path that a service takes.
type claim struct{ host, path string }

// checkClaims finds services that are for the same requests.
func (l *Loaded) checkClaims() (errs Errors) {
	first := map[claim]string{}
	for i := range l.Config.Services {
		own := map[claim]bool{}
		for c, path := range l.Config.Services[i].claims(index("services", i)) {
			other, taken := first[c]
			switch {
			case own[c]:
			case taken:
				e := l.Errorf(path, "give one of them other `hosts` or `paths`", "two services are for %s", c)
				errs = append(errs, l.also(e, other, "first here"))
			default:
				first[c] = path
			}
			own[c] = true
		}
	}
	return errs
}

// claims yields what a service takes and where that is written.
func (s *Service) claims(at string) func(func(claim, string) bool) {
	hosts, paths := s.Hosts, s.Paths
	if len(hosts) == 0 {
		hosts = []string{""}
	}
	if len(paths) == 0 {
		paths = []string{""}
	}
	return func(yield func(claim, string) bool) {
		for h, host := range hosts {
			for p, path := range paths {
				where := at
				switch {
				case path != "":
					where = index(at+".paths", p)
				case host != "":
					where = index(at+".hosts", h)
				}
				if !yield(claim{strings.ToLower(host), strings.TrimSuffix(path, "/")}, where) {
					return
				}
			}
		}
	}
}

func (c claim) String() string {
	host, path := "every host", "every path"
	if c.host != "" {
		host = "`" + c.host + "`"
	}
	if c.path != "" {
		path = "paths below `" + c.path + "`"
	}
	return host + " and " + path
}
