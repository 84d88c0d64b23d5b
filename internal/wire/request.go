package wire

// A Request is the head of a request.
type Request struct {
	Head
	Method  string
	Target  string // as it came
	Host    string // the authority: of the target if it has one, else of the Host field
	Expect  bool   // the client waits for 100 (Continue) before it sends the body
	Upgrade string // the protocols that the client offers to switch to; empty if none
}

func (r *Request) fill(x *explainer) {
	*r = Request{Method: x.target.method, Target: x.target.text, Host: x.target.authority}
	r.Head.fill(x)
	if r.Host == "" {
		r.Host = r.Header.Value("Host")
	}
	r.frame()
	r.readConnection()
	r.Expect = r.Minor == 1 && r.Framing.Kind != NoBody && lowerEqual(r.Header.Value("Expect"), "100-continue")
}

// readConnection notes what the Connection fields say about reuse and upgrade.
func (r *Request) readConnection() {
	keep := false
	upgrade := false
	for option := range r.Options() {
		switch {
		case lowerEqual(option, "close"):
			r.Close = true
		case lowerEqual(option, "keep-alive"):
			keep = true
		case lowerEqual(option, "upgrade"):
			upgrade = true
		}
	}
	if r.Minor == 0 && !keep {
		r.Close = true
	}
	// RFC 9110, section 7.8: Upgrade counts only in HTTP/1.1 and with its connection option.
	if upgrade && r.Minor == 1 {
		r.Upgrade = r.Header.Value("Upgrade")
	}
}
