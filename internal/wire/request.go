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
