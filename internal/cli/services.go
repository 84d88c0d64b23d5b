package cli

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/config"
	"github.com/faultline-http/faultline/internal/proxy"
	"github.com/faultline-http/faultline/internal/report"
)

// services turns the configured ones into those of the proxy. keys keeps what is
// the same as before, so that connections are used on.
func services(l *config.Loaded, contracts [][]*contract.Contract, keys *tlsConfigs) ([]proxy.Service, error) {
	out := make([]proxy.Service, len(l.Config.Services))
	for i := range l.Config.Services {
		s := &l.Config.Services[i]
		client, err := keys.of(s.TLS)
		if err != nil {
			return nil, l.Errorf(config.ServicePath(i)+".tls", "", "%s", err)
		}
		out[i] = proxy.Service{
			Name: s.Name, Hosts: s.Hosts, Paths: s.Paths, To: s.To, TLS: client,
			PreserveHost: s.PreserveHost, Forwarded: s.Forwarded,
			Rewrite:        rewrite(&s.Rewrite),
			RequestHeaders: headerRules(&s.RequestHeaders), ResponseHeaders: headerRules(&s.ResponseHeaders),
			Access: proxy.Access{Allow: s.Access.Allow, Deny: s.Access.Deny},
			Guard: guard.Options{
				Contracts: contracts[i], Mode: s.Mode, Undocumented: s.Undocumented, BodyLimit: s.BodyLimit,
				Problem:  guard.Problem{Base: s.Problem.Base, Detail: s.Problem.Detail, Origins: s.Problem.Origins, Text: problemText},
				Redactor: redactor(s),
			},
		}
	}
	return out, nil
}

func problemText(w io.Writer, ex *faultline.Exchange, d *faultline.Diagnosis) error {
	return report.Text(w, ex, d, report.Options{})
}

func rewrite(r *config.Rewrite) proxy.Rewrite {
	out := proxy.Rewrite{StripPrefix: r.StripPrefix, AddPrefix: r.AddPrefix}
	for _, one := range r.Replace {
		out.Replace = append(out.Replace, proxy.Replacement{Match: one.Match.Regexp, With: one.With})
	}
	return out
}

func headerRules(r *config.HeaderRules) proxy.HeaderRules {
	return proxy.HeaderRules{Remove: r.Remove, Set: fields(r.Set), Add: fields(r.Add)}
}

func fields(list config.Fields) (out faultline.Header) {
	for _, f := range list {
		out = append(out, faultline.Field{Name: f.Name, Value: f.Value})
	}
	return out
}

// redactor also masks the fields whose values are secrets of the configuration,
// whatever they are called. Nil: the default rules do.
func redactor(s *config.Service) *faultline.Redactor {
	names := append(s.RequestHeaders.Set.Secret(), s.RequestHeaders.Add.Secret()...)
	if len(names) == 0 {
		return nil
	}
	return &faultline.Redactor{Names: names}
}

// tlsConfigs keeps a configuration of TLS for as long as its files stay the
// same: connections to the server are told apart by it.
type tlsConfigs struct {
	known map[config.ServiceTLS]knownTLS
}

type knownTLS struct {
	files string // their sizes and times
	conf  *tls.Config
}

// of returns the configuration for a service; nil if nothing is set.
func (k *tlsConfigs) of(s config.ServiceTLS) (*tls.Config, error) {
	if s == (config.ServiceTLS{}) {
		return nil, nil
	}
	files := state(s.CA, s.Cert, s.Key)
	if known, ok := k.known[s]; ok && known.files == files {
		return known.conf, nil
	}
	conf, err := clientTLS(s)
	if err != nil {
		return nil, err
	}
	if k.known == nil {
		k.known = map[config.ServiceTLS]knownTLS{}
	}
	k.known[s] = knownTLS{files, conf}
	return conf, nil
}

// state changes when one of the files does.
func state(names ...string) string {
	var out strings.Builder
	for _, name := range names {
		if info, err := os.Stat(name); err == nil {
			out.WriteString(fmt.Sprintf("%s %d %d\n", name, info.Size(), info.ModTime().UnixNano()))
		}
	}
	return out.String()
}

func clientTLS(s config.ServiceTLS) (*tls.Config, error) {
	conf := &tls.Config{ServerName: s.ServerName, InsecureSkipVerify: s.Insecure} // the user asked for it: `insecure`
	if s.CA != "" {
		pem, err := os.ReadFile(s.CA)
		if err != nil {
			return nil, fmt.Errorf("the authorities: %w", err)
		}
		if conf.RootCAs = x509.NewCertPool(); !conf.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("the authorities: %s holds no certificate", s.CA)
		}
	}
	if s.Cert != "" {
		pair, err := tls.LoadX509KeyPair(s.Cert, s.Key)
		if err != nil {
			return nil, fmt.Errorf("the certificate that is shown to the service: %w", err)
		}
		conf.Certificates = []tls.Certificate{pair}
	}
	return conf, nil
}
