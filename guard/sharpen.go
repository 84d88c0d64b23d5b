package guard

import (
	"errors"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/wire"
)

// sharpen puts what is known of an error on the way to the server into the
// finding: which name, which certificate, until when.
func sharpen(f *faultline.Finding, err error) {
	var wrong *wire.Error
	if errors.As(err, &wrong) && wrong.Fault != nil {
		explainAnswer(f, wrong)
		return
	}
	for _, explain := range []func(error) *sharper{explainCertificate, explainHandshake, explainName, explainConnect, explainVersion} {
		if s := explain(err); s != nil {
			s.apply(f)
			return
		}
	}
}

// sharper is what a finding becomes. Empty parts leave what is there.
type sharper struct {
	slug           faultline.Slug
	party          faultline.Party
	message, found string
	fix, sign      string
	facts          []string
}

func (s *sharper) apply(f *faultline.Finding) {
	if s.slug != "" && s.slug != f.Cause.Slug {
		f.Cause = catalogued(trouble{slug: s.slug})
	}
	f.Party, f.Message = s.party, s.message
	if s.found != "" {
		f.Found = s.found
	}
	if s.fix != "" {
		f.Remedy.Text = s.fix
	}
	if s.sign != "" {
		f.Evidence[0].Lines[0].Text = way(s.sign)
	}
	for _, fact := range s.facts {
		last := &f.Evidence[len(f.Evidence)-1]
		last.Lines = append(last.Lines, faultline.Line{Text: fact})
	}
}

// way draws where a call ended.
func way(sign string) string {
	return "client ──ok──▶ faultline ──" + sign + "──✗ server"
}

func explainName(err error) *sharper {
	var dns *net.DNSError
	switch {
	case !errors.As(err, &dns):
		return nil
	case dns.IsNotFound:
		return &sharper{
			slug: "gateway.upstream-dns", message: "the name `" + dns.Name + "` does not exist", found: "no address for " + dns.Name,
			fix: "correct the host in the address that the proxy forwards to, or look whether the name is known where the proxy runs: names of containers and of a cluster are known inside of them only",
		}
	case dns.IsTimeout:
		return &sharper{
			slug: "gateway.upstream-dns", message: "the name server gave no answer for `" + dns.Name + "` in time",
			fix: "look at the name servers of the machine that the proxy runs on",
		}
	}
	return &sharper{slug: "gateway.upstream-dns", message: "the name server could not answer for `" + dns.Name + "`", fix: "look at the name servers of the machine that the proxy runs on"}
}

// explainConnect is for connections that do not come about.
func explainConnect(err error) *sharper {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "dial" || op.Addr == nil {
		return nil
	}
	at := "`" + op.Addr.String() + "`"
	switch {
	case op.Net == "unix" && errors.Is(err, os.ErrNotExist):
		return &sharper{message: "there is no socket at " + at, sign: "no socket", fix: "start the server, or correct the path of its socket"}
	case errors.Is(err, os.ErrPermission):
		return &sharper{message: "the system does not let the proxy connect to " + at, sign: "not allowed", fix: "let the user of the proxy write to the socket, or look at the firewall's rules for outgoing connections"}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &sharper{message: "nothing listens on " + at, fix: "start the server, or correct the address that the proxy forwards to; in a container, localhost is the container itself"}
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return &sharper{party: faultline.Network, message: "there is no way in the network to " + at, sign: "unreachable", fix: "look at the routes and firewalls between the proxy and the server"}
	case op.Timeout():
		return &sharper{party: faultline.Network, message: "no connection to " + at + " came about in time", sign: "silent", fix: "look for a firewall that drops packets, and whether the machine runs: a port that nobody listens on would have answered"}
	}
	return nil
}

// explainVersion is for servers that were spoken to by HTTP/2 and do not know it.
// Go's transport says so in words alone, and to calls that shared the connection
// only that there was none.
func explainVersion(err error) *sharper {
	said := err.Error()
	if !strings.Contains(said, "looked like an HTTP/1") && !strings.Contains(said, "http2: client conn could not be established") {
		return nil
	}
	return &sharper{
		slug: "gateway.bad-response", message: "the server does not speak HTTP/2 on the port where the proxy spoke it", sign: "no HTTP/2",
		fix: "forward to http:// in place of h2c://, or to https:// in place of h2://",
	}
}
