package hop

// What gateways say whose names are not known: the words of operating systems,
// of HTTP clients and of writers of small proxies. Own words of a system go before.
func init() {
	add(System{Tells: []Tell{
		{Says: []string{
			"connection refused", "econnrefused", "actively refused", "connect failure", "failed to connect to upstream", "failed to connect to backend",
			"could not connect to upstream", "could not connect to backend", "unable to connect to the origin", "unable to connect to upstream",
			"unable to connect to backend", "backend connection failed", "failed to establish a connection to the backend",
			"unable to reach the origin", "upstream refused", "origin is unreachable", "cannot connect to upstream", "cannot reach upstream",
			"connection to the upstream", "failed to establish a connection to the upstream", "connect call failed", "error while dialing",
			"connection could not be established", "could not connect to server", "no route to host", "host is unreachable",
			"network is unreachable", "ehostunreach", "enetunreach", "origin unreachable", "could not reach the upstream", "upstream unreachable", "upstream is unreachable",
			"service unreachable", "unable to reach service", "web server is down", "failed to reach upstream", "connect exception",
		}, Cause: "gateway.upstream-refused"},
		{
			Says:  []string{"error occurred while trying to proxy*", "error occured while trying to proxy*", "problem proxying the request", "could not proxy request"},
			Vague: true, Cause: "gateway.upstream-refused", Slow: "gateway.upstream-timeout",
		},
		{Says: []string{
			"gateway timeout", "gateway time out", "gateway timed out", "upstream request timeout", "upstream timed out", "upstream timeout", "endpoint request timed out",
			"upstream server is timing out", "connection timeout", "response timeout", "didn't respond in time", "did not respond in time", "did not respond within",
			"no response from upstream", "connection timed out", "a timeout occurred", "first byte timeout", "request timed out", "backend timeout",
			"upstream response timeout", "timeout was reached", "deadline exceeded", "stream timeout", "etimedout", "esockettimedout", "timeout awaiting response headers",
			"i/o timeout", "failed to respond within", "took too long to respond", "took longer than timeout", "read timeout", "read timed out", "the operation timed out", "timeout waiting for",
			"timed out waiting", "worker timeout", "origin timeout", "response took longer", "connect timeout", "connect timed out", "hard timeout", "backend read timeout",
			"upstream took too long", "timed out while waiting for", "und err headers timeout", "und err connect timeout", "socket timeout", "timeout exceeded",
		}, Cause: "gateway.upstream-timeout"},
		{Says: []string{
			"invalid or incomplete response", "invalid response from upstream", "invalid response was received from the upstream server", "invalid response from an upstream server",
			"bad response from upstream", "malformed response", "malformed http response", "connection termination",
			"upstream prematurely closed", "prematurely closed connection", "connection prematurely closed", "web server is returning an unknown error",
			"error reading from remote server", "socket hang up", "econnreset", "connection reset by peer", "connection reset", "invalid http response",
			"unexpected eof", "broken pipe", "epipe", "upstream closed the connection", "backend closed connection", "empty reply from server", "empty response from upstream",
			"server closed connection", "server disconnected", "remote end closed connection without response", "parse error: expected http", "upstream sent invalid header",
			"upstream sent too big header", "transport connection broken", "malformed lambda proxy response", "received an invalid response", "und err socket", "other side closed",
			"response ended prematurely", "hpe invalid*", "upstream error", "bad response from the backend", "upstream returned an invalid response",
		}, Cause: "gateway.bad-response"},
		{Says: []string{
			"no healthy upstream*", "no live upstreams", "no available server", "no server available", "no servers available", "no healthy backend*", "no backend available", "no backends available",
			"no available upstream", "no upstreams available", "no upstream available", "no endpoints available", "no available endpoints", "no healthy host*", "no available backend*", "no instances available", "no available instance*",
			"no instance available", "all backends are down", "all upstreams are down", "all upstream servers are down", "no active targets", "no registered targets", "no target available", "no healthy targets", "no healthy instances", "no healthy nodes",
			"backend is unhealthy", "no suitable backend", "no available peers", "failure to get a peer", "unable to find instance for", "service has no endpoints", "no valid upstream node", "no route to a healthy",
			"no server is available to handle this request", "no workers available", "all workers are in error state", "load balancer does not contain an instance",
		}, Cause: "gateway.no-upstream"},
		{Says: []string{
			"name resolution failed", "dns resolution failed", "dns resolution failure", "dns resolution error", "no such host", "could not resolve host", "could not be resolved", "enotfound", "eai again", "getaddrinfo*",
			"name or service not known", "dns lookup failure", "dns lookup failed", "dns lookup error", "dns error", "dns failure", "unknown host exception", "unable to resolve upstream", "failed to resolve upstream", "host not found in upstream",
			"temporary failure in name resolution", "could not resolve upstream", "nxdomain", "unable to resolve host", "failed to resolve host", "unable to resolve the origin", "dns hostname not found", "failed to lookup address information",
		}, Cause: "gateway.upstream-dns"},
		{Says: []string{
			"ssl handshake*", "tls handshake*", "x509: *", "certificate verify failed", "certificate has expired", "certificate signed by unknown authority", "unable to verify the first certificate", "self signed certificate*",
			"depth zero self signed cert", "cert has expired", "unable to get local issuer certificate", "pkix path building failed", "ssl exception", "upstream ssl", "upstream tls", "ssl certificate problem", "err tls cert altname invalid", "ssl routines*",
			"certificate unknown", "ssl do handshake() failed", "tls alert", "wrong version number", "remote certificate is invalid", "tls error", "invalid ssl certificate", "err ssl*", "ssl peer unverified exception", "unexpected message ~ handshake",
		}, Cause: "gateway.upstream-tls"},
	}})
}
