package demo

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/faultline-http/faultline"
)

// program is one of the callers: an ordinary HTTP client.
type program struct {
	demo   *Demo
	name   string
	client *http.Client // for the API
	hasty  *http.Client // for the places where nothing good can come of waiting
}

func (d *Demo) newProgram(i int) *program {
	transport := &http.Transport{
		DisableCompression: true,
		// An empty pool instead of the system's: no platform trusts the certificate.
		TLSClientConfig: &tls.Config{RootCAs: x509.NewCertPool()},
	}
	d.close = append(d.close, func() error { transport.CloseIdleConnections(); return nil })
	return &program{
		demo: d, name: programs[i],
		client: &http.Client{Transport: transport, Timeout: clientTimeout},
		hasty:  &http.Client{Transport: transport, Timeout: d.opts.Patience},
	}
}

// clientTimeout is more than any answer of the API takes, on a busy machine too.
const clientTimeout = 30 * time.Second

// make makes the call of a mistake, again until it fails if it is one that
// comes of repeating.
func (p *program) make(ctx context.Context, m mistake) {
	for range max(1, m.repeat) {
		if status := p.call(ctx, m); status == 0 || status >= 400 {
			return
		}
	}
}

// call sends one request and returns the status of the answer, 0 if none came.
func (p *program) call(ctx context.Context, m mistake) (status int) {
	base, client := p.demo.places.api, p.client
	if m.at != nil {
		base, client = m.at(p.demo.places), p.hasty
	}
	start := time.Now()
	req, err := p.request(ctx, m.call, base, start)
	if err != nil {
		return 0
	}
	resp, err := client.Do(req)
	if err != nil {
		// Calls to the API are watched by the proxy; at the other places there is
		// none. A call that the end of the demo broke off has not failed.
		if m.at != nil && ctx.Err() == nil {
			p.tell(req, m.body, start, err)
		}
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, maxBody))
	return resp.StatusCode
}

func (p *program) request(ctx context.Context, c call, base string, now time.Time) (*http.Request, error) {
	var body io.Reader
	if c.body != "" {
		body = strings.NewReader(c.body)
	}
	req, err := http.NewRequestWithContext(ctx, c.method, base+c.target, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", p.name)
	req.Header.Set("Accept", "application/json")
	if c.contentType != "" {
		req.Header.Set("Content-Type", c.contentType)
	}
	if c.token != nil {
		req.Header.Set("Authorization", c.token(p.demo, now))
	}
	if c.header != nil {
		for name, value := range c.header(now) {
			req.Header.Set(name, value)
		}
	}
	return req, nil
}

// headerOrder is the order in which a program's fields are listed.
var headerOrder = []string{"User-Agent", "Accept", "Content-Type", "Authorization", "Idempotency-Key", "X-Date"}

// tell hands a call that no answer came to over to the guard, as the program
// saw it.
func (p *program) tell(req *http.Request, body string, start time.Time, err error) {
	ex := &faultline.Exchange{
		Start:   start,
		Vantage: faultline.AtClient,
		Request: faultline.Request{
			Method: req.Method, Scheme: req.URL.Scheme, Host: req.URL.Host,
			Target: req.URL.RequestURI(), Proto: "HTTP/1.1", Body: faultline.NewBody([]byte(body)),
		},
		Failure: &faultline.Failure{Phase: phaseOf(err), Text: err.Error()},
		Timing:  faultline.Timing{Total: time.Since(start)},
	}
	for _, name := range headerOrder {
		if v := req.Header.Get(name); v != "" {
			ex.Request.Header = append(ex.Request.Header, faultline.Field{Name: name, Value: v})
		}
	}
	p.demo.proxy.Guard().Begin(ex).End()
}

// phaseOf says in which part of a call the error came up.
func phaseOf(err error) faultline.Phase {
	var op *net.OpError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.As(err, &cert):
		return faultline.PhaseHandshake
	case errors.As(err, &op) && op.Op == "dial":
		return faultline.PhaseConnect
	}
	return faultline.PhaseWait
}

func httpDate(t time.Time) string { return t.UTC().Format(http.TimeFormat) }
