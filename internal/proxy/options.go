package proxy

import (
	"crypto/tls"
	"net/url"
	"time"

	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/wire"
)

// Options says which services there are and what peers may cost.
type Options struct {
	// Services are what calls go to. A request belongs to the service with the
	// most specific host and then the longest path; one that belongs to none is
	// answered by the proxy.
	Services []Service

	// Forward lets clients name this proxy in their settings, besides the
	// services or without any. Nil: it is none.
	Forward *Forward

	// Sinks get what the guards of all services found, one exchange at a time.
	Sinks []guard.Sink

	// Pages is the path below which the causes' pages are served; empty:
	// DefaultPages. NoPages switches them off.
	Pages   string
	NoPages bool

	// Notice is told what an operator should know and no call shows: that
	// accepting connections pauses, for example. Nil: nobody. It must not block.
	Notice func(text string)

	Limits Limits
}

// A Service is one server behind the proxy and how calls to it are guarded.
type Service struct {
	Name string

	// Hosts are the authorities that belong to the service, without port:
	// "api.example.com", "*.example.com". None: all.
	Hosts []string

	// Paths are the beginnings of paths that belong to the service, cut at a
	// slash: "/v1" has "/v1" and "/v1/orders", and not "/v10". None: all.
	Paths []string

	// To is the address of the server: http, https, h2 (HTTP/2 over TLS), h2c
	// (HTTP/2 without TLS) or unix (a socket, unix:/run/app.sock). Its path, if
	// any, is put before the path of every request.
	To *url.URL

	// PreserveHost sends the client's Host field on. By default the server sees
	// its own authority from To, as it would without the proxy: virtual hosts,
	// redirects and certificates depend on it.
	PreserveHost bool

	// Forwarded adds X-Forwarded-For, -Proto and -Host. It is off by default,
	// since a field that the client did not send changes what the server sees.
	Forwarded bool

	// TLS is the configuration of connections to a server over TLS; nil: the system's roots.
	TLS *tls.Config

	// Rewrite changes paths on their way to the server. The guard sees what comes of it.
	Rewrite Rewrite

	// RequestHeaders change the fields of requests; the guard sees what comes of
	// it, since that is what the server gets. ResponseHeaders change those of
	// answers on their way to the client; the guard sees what the server sent.
	RequestHeaders, ResponseHeaders HeaderRules

	// Access says which clients may call; others are answered 403.
	Access Access

	Guard guard.Options // Sinks are those of the proxy
}

// DefaultPages is where the proxy serves the pages of the causes.
const DefaultPages = "/.faultline/causes"

// Limits bounds what a peer can cost. Zero fields mean the defaults.
type Limits struct {
	Wire       wire.Limits
	Head       time.Duration // from the first byte of a request to the end of its head
	Idle       time.Duration // between two requests on a connection
	Connect    time.Duration // to reach the server, handshake included
	FirstByte  time.Duration // from the last byte sent to the server's first
	BodyIdle   time.Duration // a body that stands still, in either direction
	Grace      time.Duration // for calls under way when the proxy stops
	MaxClients int           // connections at once
	MaxIdle    int           // unused connections to each server that are kept
}
