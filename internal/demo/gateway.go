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
	transport := &http.Transport{ResponseHeaderTimeout: patience, MaxIdleConnsPerHost: 8, DisableCompression: true}
	return &httputil.ReverseProxy{
		Transport: transport,
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
