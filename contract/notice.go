package contract

import "github.com/faultline-http/faultline"

// A Notice is something about a contract that its reader should know: a part
// that is formally wrong and clear in meaning, or one that is not supported.
type Notice struct {
	Source    faultline.Source
	Text      string
	Operation string // ID of the operation that is unverified because of it; empty if none is
}

// Notices are what was noticed when the contract was loaded: first what makes
// operations unverified, then the rest, each in the order of the document.
func (c *Contract) Notices() []Notice { return c.notices }
