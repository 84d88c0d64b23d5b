// Package config reads faultline.yaml: what is listened on, which services stand
// behind, and how their calls are judged.
//
//	loaded, err := config.Load(config.Source{Dir: ".", Getenv: os.Getenv, Environ: os.Environ()})
//	for _, s := range loaded.Config.Services { ... }
//
// Each setting is declared once, in a file model_*.go: its name, type, default
// and words. The reader, the JSON Schema for editors, docs/config.md and
// `faultline config show` are made from that. Whatever is wrong is told at once,
// each with the line, a caret and what to do.
//
// The package opens no socket and loads no contract; what only those who do can
// find out, they tell with the same errors, see [Loaded.Errorf].
package config

import (
	"io/fs"
	"net/netip"
	"net/url"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
)

// Config is everything that can be set.
type Config struct {
	Listen   []Listener
	Admin    Admin
	Services []Service
	Limits   Limits
	Forward  Forward
	Data     Data
	Output   Output
	Reload   Reload
}

// A Listener is an address that clients call.
type Listener struct {
	Address       string // host:port, unix:PATH, systemd, systemd:NAME, fd:N
	SocketMode    fs.FileMode
	TLS           *ListenerTLS // nil: plain
	ProxyProtocol ProxyProtocol
	HTTP2         bool
	HTTP3         bool
}

// ListenerTLS says how TLS is spoken with clients.
type ListenerTLS struct {
	Certificates []Certificate
	MinVersion   string // "1.2", "1.3"
	Client       ClientCertificates
	ACME         ACME
}

// A Certificate is a pair of PEM files.
type Certificate struct{ Cert, Key string }

// ClientCertificates says what is asked of clients in the handshake.
type ClientCertificates struct {
	CA   string // PEM file with the authorities that clients' certificates come from
	Mode string // "none", "request", "require"
}

// ACME says for which names certificates are fetched.
type ACME struct {
	Domains   []string
	Agreed    bool
	Email     string
	Directory string
	Storage   string
}

// ProxyProtocol says whose connections begin with a PROXY header.
type ProxyProtocol struct{ From []netip.Prefix }

// Admin is where the program itself is asked: health, metrics, reload.
type Admin struct {
	Address string // empty: nowhere
	Token   Secret
}

// A Service is one server that calls are passed on to.
type Service struct {
	Name            string
	Hosts           []string // of the requests that are for it; empty: every host
	Paths           []string // beginnings of their paths; empty: every path
	To              *url.URL
	TLS             ServiceTLS
	Contracts       []string // files
	Mode            guard.Mode
	Undocumented    guard.Undocumented
	Strict          bool
	BodyLimit       int64
	PreserveHost    bool
	Forwarded       bool
	Rewrite         Rewrite
	RequestHeaders  HeaderRules
	ResponseHeaders HeaderRules
	Access          Access
	Problem         Problem
}

// ServiceTLS says how TLS is spoken with a service.
type ServiceTLS struct {
	CA, Cert, Key, ServerName string
	Insecure                  bool
}

// Rewrite changes paths on their way to the service.
type Rewrite struct {
	StripPrefix, AddPrefix string
	Replace                []Replacement
}

// A Replacement is an expression and what takes the place of what it matches.
type Replacement struct {
	Match Pattern
	With  string
}

// HeaderRules change the header fields of messages.
type HeaderRules struct {
	Set, Add Fields
	Remove   []string
}

// Access says which clients may call a service.
type Access struct{ Allow, Deny []netip.Prefix }

// Problem says what the program's own answers look like.
type Problem struct {
	Base    string
	Detail  faultline.DetailLevel
	Origins []string
}

// Limits bounds what peers can cost.
type Limits struct {
	Head, Idle, Connect, Answer, Body, Grace time.Duration
	MaxClients, MaxIdle                      int
	HeadSize, LineSize                       int64
	Fields                                   int
}

// Forward is the forward proxy.
type Forward struct {
	Enabled bool
	Exclude []string // hosts that are tunnelled without a look inside
	Only    []string // if there are any, all others are
	Access  Access   // nobody allowed: this machine only
}

// Data says where failed calls are kept.
type Data struct {
	Folder  string // empty: nowhere
	MaxSize int64
}

// Output says how results are shown.
type Output struct {
	Format string
	Color  string
	ASCII  bool
	Quiet  bool
}

// Reload says when the configuration is read anew.
type Reload struct{ Watch bool }
