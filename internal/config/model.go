package config

import (
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/wire"
)

// model is the configuration, bound to c. The order is that of the docs.
func model(c *Config) *object {
	return &object{keys: []key{
		{
			name: "listen", def: "127.0.0.1:8080", value: &list[Listener]{&c.Listen, listenerValue},
			doc: "where clients call; an address alone is a listener without TLS",
		},
		{name: "services", value: &list[Service]{&c.Services, serviceValue}, doc: "the servers that calls are passed on to; the most specific host and the longest path win"},
		{name: "admin", value: adminValue(&c.Admin), doc: "where the program itself is asked: health, metrics, counts, reload"},
		{name: "limits", value: limitsValue(&c.Limits), doc: "what a peer can cost"},
		{name: "forward", value: forwardValue(&c.Forward), doc: "the forward proxy: clients name any server themselves"},
		{name: "data", value: dataValue(&c.Data), doc: "where failed calls are kept, secrets masked"},
		{name: "output", value: outputValue(&c.Output), doc: "how calls are shown"},
		{name: "reload", value: reloadValue(&c.Reload), doc: "when the configuration is read anew; SIGHUP and POST /reload always do it"},
	}}
}

func listenerValue(l *Listener) value {
	return &object{short: "address", keys: []key{
		{
			name: "address", required: true, example: "127.0.0.1:8080", value: listenAddress(&l.Address, "`host:port`, `:port`, `unix:PATH`, `systemd`, `systemd:NAME` or `fd:N`"),
			doc: "the address; `systemd` takes the sockets that systemd passes, `fd:3` one that a parent process left open",
		},
		{name: "socket_mode", example: `"0660"`, value: fileMode(&l.SocketMode), doc: "who may connect to a Unix socket; without it only the user who runs the program"},
		{name: "tls", value: listenerTLSValue(&l.TLS), doc: "TLS with clients; without it the listener is plain"},
		{
			name: "proxy_protocol", value: &object{keys: []key{
				{name: "from", required: true, example: "[10.0.0.0/8]", value: ranges(&l.ProxyProtocol.From), doc: "the load balancers; from all others such a header is not taken, since anybody can write one"},
			}, set: func() bool { return len(l.ProxyProtocol.From) > 0 }},
			doc: "connections begin with a PROXY header (versions 1 and 2) that names the client",
		},
		{name: "http2", def: "true", value: flag(&l.HTTP2), doc: "offer HTTP/2 in the TLS handshake (ALPN); without TLS it is known by its first bytes"},
		{name: "http3", def: "false", value: flag(&l.HTTP3), doc: "answer HTTP/3 on the UDP port of the same number, and tell clients of HTTP/2 so; needs `tls`"},
	}}
}

func listenerTLSValue(into **ListenerTLS) value {
	t := *into
	if t == nil {
		t = &ListenerTLS{}
	}
	return &object{made: func() { *into = t }, set: func() bool { return *into != nil }, keys: []key{
		{name: "certificates", value: &list[Certificate]{&t.Certificates, certificateValue}, doc: "chosen by the name that the client asks for; changed files are read anew"},
		{name: "min_version", def: `"1.2"`, value: word(&t.MinVersion, "1.2", "1.3"), doc: "the oldest version of TLS that is spoken"},
		{name: "client", value: &object{keys: []key{
			{name: "ca", example: "clients-ca.pem", value: path(&t.Client.CA), doc: "PEM file with the authorities of the clients' certificates"},
			{name: "mode", def: "none", value: word(&t.Client.Mode, "none", "request", "require"), doc: "`request` verifies a certificate that is sent, `require` refuses those who send none"},
		}}, doc: "certificates of clients"},
		{name: "acme", value: &object{set: func() bool { return len(t.ACME.Domains) > 0 }, keys: []key{
			{name: "domains", required: true, example: "[api.example.com]", value: &list[string]{&t.ACME.Domains, hostName}, doc: "the names that certificates are fetched for"},
			{name: "agreed", required: true, example: "true", value: flag(&t.ACME.Agreed), doc: "whether somebody has read and accepts the terms of the authority"},
			{name: "email", example: "ops@example.com", value: text(&t.ACME.Email, "a mail address", nil), doc: "whom the authority tells of trouble"},
			{name: "directory", example: "https://acme-v02.api.letsencrypt.org/directory", value: webAddress(&t.ACME.Directory), doc: "the authority; without it Let's Encrypt"},
			{name: "storage", example: "/var/lib/faultline/acme", value: path(&t.ACME.Storage), doc: "the folder for keys and certificates; without it one below the program's data"},
		}}, doc: "certificates are fetched and renewed by themselves (RFC 8555)"},
	}}
}

func certificateValue(c *Certificate) value {
	return &object{keys: []key{
		{name: "cert", required: true, example: "api.pem", value: path(&c.Cert), doc: "PEM file with the certificate and those between it and the root"},
		{name: "key", required: true, example: "api.key", value: path(&c.Key), doc: "PEM file with its private key"},
	}}
}

func adminValue(a *Admin) value {
	return &object{short: "address", keys: []key{
		{name: "address", example: "127.0.0.1:9901", value: listenAddress(&a.Address, "`host:port` or `unix:PATH`"), doc: "without it there is none; one that other machines reach needs `token`"},
		{name: "token", example: "file:/run/secrets/faultline-admin", value: secret(&a.Token), doc: "sent as `Authorization: Bearer …`; health is told without it"},
	}}
}

func limitsValue(l *Limits) value {
	return &object{keys: []key{
		{name: "head_timeout", def: "20s", value: duration(&l.Head), doc: "for a request's head to arrive"},
		{name: "idle_timeout", def: "2m", value: duration(&l.Idle), doc: "between two requests on a connection"},
		{name: "connect_timeout", def: "10s", value: duration(&l.Connect), doc: "to reach a service, handshake included"},
		{name: "answer_timeout", def: "2m", value: duration(&l.Answer), doc: "for a service to begin its answer"},
		{name: "body_timeout", def: "10m", value: duration(&l.Body), doc: "for a body that stands still"},
		{name: "grace", def: "5s", value: duration(&l.Grace), doc: "for calls under way when the program ends"},
		{name: "max_clients", def: "28000", value: whole(&l.MaxClients, 1, 1_000_000), doc: "connections at once; further ones wait to be accepted"},
		{name: "max_idle", def: "128", value: whole(&l.MaxIdle, 1, 100_000), doc: "unused connections that are kept for each service"},
		{name: "head_size", def: "256KiB", value: size(&l.HeadSize, 1<<10, wire.MaxHead), doc: "of a request's or answer's head"},
		{name: "line_size", def: "32KiB", value: size(&l.LineSize, 1<<10, wire.MaxHead), doc: "of the request line"},
		{name: "max_fields", def: "1000", value: whole(&l.Fields, 10, 100_000), doc: "header fields of a message"},
	}}
}

func forwardValue(f *Forward) value {
	return &object{keys: []key{
		{name: "enabled", def: "false", value: flag(&f.Enabled), doc: "requests in absolute form and CONNECT are carried to any server; calls over TLS are looked into with the local authority (`faultline ca`)"},
		{name: "exclude", example: `["*.bank.example.com"]`, value: &list[string]{&f.Exclude, hostName}, doc: "hosts that are tunnelled without a look inside"},
		{name: "only", example: `["*.example.com"]`, value: &list[string]{&f.Only, hostName}, doc: "if given, all other hosts are tunnelled"},
		{name: "access", value: accessValue(&f.Access), doc: "which clients may use it; without it those of this machine"},
	}}
}

func dataValue(d *Data) value {
	return &object{short: "folder", keys: []key{
		{name: "folder", example: "/var/lib/faultline", value: path(&d.Folder), doc: "failed calls go there, a line each (exchange/1)"},
		{name: "max_size", def: "64MiB", value: size(&d.MaxSize, 1<<20, largest), doc: "of all files together; the oldest go first"},
	}}
}

func outputValue(o *Output) value {
	return &object{keys: []key{
		{name: "format", def: "text", value: word(&o.Format, "text", "ndjson"), doc: "a line each for people, or a diagnosis/1 each for programs"},
		{name: "color", def: "auto", value: word(&o.Color, "auto", "always", "never"), doc: "colours of the terminal"},
		{name: "ascii", def: "false", value: flag(&o.ASCII), doc: "draw with ASCII characters only"},
		{name: "quiet", def: "false", value: flag(&o.Quiet), doc: "no notices, only errors"},
	}}
}

func reloadValue(r *Reload) value {
	return &object{keys: []key{
		{name: "watch", def: "false", value: flag(&r.Watch), doc: "also when this file or a contract changes"},
	}}
}

// modes and the like are kept by the guard's own names.
func modeValue(into *guard.Mode) value {
	return choice(into, guard.ParseMode, guard.Mode.String, "observe", "warn", "block")
}

func undocumentedValue(into *guard.Undocumented) value {
	return choice(into, guard.ParseUndocumented, guard.Undocumented.String, "pass", "block")
}
