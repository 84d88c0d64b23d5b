package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"time"
)

// newGateway is the reverse proxy in front of the services. It routes by path
// and answers for a service that refuses the connection or does not answer in
// time, with the page that nginx has for it: bare HTML, nothing of the API.
func newGateway(routes map[string]*url.URL, orders *url.URL, patience time.Duration) http.Handler {
	return &httputil.ReverseProxy{
		Transport: upstreams{
			orders:  orders.Host,
			steady:  &http.Transport{MaxIdleConnsPerHost: 8, DisableCompression: true},
			doubted: &http.Transport{ResponseHeaderTimeout: patience, DisableCompression: true},
		},
		Rewrite: func(r *httputil.ProxyRequest) {
			to := orders
			for prefix, other := range routes {
				if strings.HasPrefix(r.In.URL.Path, prefix) {
					to = other
				}
			}
			r.SetURL(to)
		},
		ErrorHandler: gatewayError,
	}
}

// upstreams waits as long as it takes for the order service, which answers on
// any machine however busy, and not for the others.
type upstreams struct {
	orders          string // its authority
	steady, doubted http.RoundTripper
}

// RoundTrip implements [http.RoundTripper].
func (u upstreams) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host == u.orders {
		return u.steady.RoundTrip(r)
	}
	return u.doubted.RoundTrip(r)
}

func gatewayError(w http.ResponseWriter, _ *http.Request, err error) {
	var timeout net.Error
	title := "502 Bad Gateway"
	status := http.StatusBadGateway
	if errors.As(err, &timeout) && timeout.Timeout() || errors.Is(err, context.DeadlineExceeded) {
		title, status = "504 Gateway Time-out", http.StatusGatewayTimeout
	}
	w.Header().Set("Server", "nginx")
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<html>\r\n<head><title>%s</title></head>\r\n<body>\r\n<center><h1>%s</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n", title, title)
}
