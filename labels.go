package faultline

// The labels by which an exchange says what we did to it ourselves. Nobody may
// take our doing for that of the server.
const (
	LabelAction       = "faultline.action"        // ActionBlocked, ActionWarned, ActionAnswered
	LabelRetried      = "faultline.retried"       // how often we sent the call again: "1"
	LabelNotValidated = "faultline.not-validated" // why no contract was applied: "too large"
	LabelPassed       = "faultline.passed"        // how much of a stream was seen: "12 items judged of the answer"
	LabelMasked       = "faultline.masked"        // how many secrets were masked: "3"
)

// The labels by which an exchange says where it was read from.
const (
	LabelFile = "faultline.file" // name of the file, as it was given
	LabelLine = "faultline.line" // 1-based line in it on which the exchange begins
	LabelPeer = "faultline.peer" // address that the client was connected to: "203.0.113.9"
)

// The labels that say how the client is connected to us.
const (
	LabelTLS           = "client.tls"     // version of TLS: "TLS 1.3"; none: plain
	LabelClientSubject = "client.subject" // of the certificate that it showed and that was verified: "CN=orders,O=Example"
)

// LabelNotice is the label of an exchange that says, in lines, what its reader
// could not know or did not do: a body in a file that was not read, an option
// that is only approximated.
const LabelNotice = "notice"

// The labels that hold what a gateway wrote into its access log about a call.
// They are there only where the line had the field and it was not empty ("-").
const (
	LabelLog = "log.format" // who wrote the line: "nginx", "apache", "envoy", "haproxy", "alb", "traefik", "json"

	// LabelEnvoyFlags are Envoy's response flags, as they stand: "UF,URX".
	// https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
	LabelEnvoyFlags   = "envoy.response-flags"
	LabelEnvoyDetails = "envoy.response-code-details"             // "via_upstream", "route_not_found"
	LabelEnvoyFailure = "envoy.upstream-transport-failure-reason" // "TLS_error:|268435581:SSL routines:…"
	LabelEnvoyCluster = "envoy.upstream-cluster"                  // "outbound|8080||orders.shop.svc.cluster.local"
	LabelEnvoyClosed  = "envoy.connection-termination-details"    // what ended the connection of the client

	// LabelHAProxyState are the four letters of HAProxy's session state at
	// disconnection: "SC--". Its manual, section 8.5.
	LabelHAProxyState = "haproxy.termination-state"
	LabelHAProxyQueue = "haproxy.queues"  // "srv_queue/backend_queue"
	LabelBackend      = "gateway.backend" // name of the backend, pool, service or target group

	LabelALBReason  = "alb.error-reason"   // "LambdaTimeout"
	LabelALBActions = "alb.actions"        // "waf,forward"
	LabelALBClass   = "alb.classification" // of desync mitigation: "Ambiguous", with its reason behind a space

	LabelUpstream       = "upstream.address" // who was asked behind the gateway; empty if nobody was
	LabelUpstreamStatus = "upstream.status"  // what it answered: "200"; several with ", "
	LabelUpstreamTime   = "upstream.seconds" // how long it took: "0.012"
	LabelClient         = "log.client"       // address of the caller
	LabelError          = "log.error"        // what the line says went wrong, in the gateway's words
)

// The actions that LabelAction names.
const (
	ActionBlocked  = "blocked"  // the request was refused here; the server did not see it
	ActionWarned   = "warned"   // it went on although the contract refuses it
	ActionAnswered = "answered" // the answer is ours, since the server gave none that could be used
)

// LabelInput says that an input is no whole call but a piece that stands for
// one: somebody pasted a token, a status or an error body and asks about it.
const LabelInput = "faultline.input"

// The pieces that LabelInput names.
const (
	InputToken  = "token"      // a JSON Web Token, in the Authorization field of a request of which nothing else is known
	InputStatus = "status"     // a status code, of an answer of which nothing else is known
	InputBody   = "error body" // the body of an answer, whose status is the one that the body names, or 0
)
