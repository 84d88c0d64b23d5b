package contract

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A Notice is something about a contract that its reader should know: a part
// that is formally wrong and clear in meaning, or one that is not supported.
type Notice struct {
	Source    faultline.Source
	Rule      string // what is departed from, for filters: "response-description"; "unverified" if an operation is
	Text      string
	Remedy    string // what to do, starting with a verb; may be empty
	Operation string // ID of the operation that is unverified because of it; empty if none is
}

// unverified is the Rule of notices that leave an operation unverified.
const unverified = "unverified"

// Notices are what was noticed when the contract was loaded: first what makes
// operations unverified, then the rest, each in the order of the document.
func (c *Contract) Notices() []Notice { return c.notices }

// tolerate notes something that does not change what is judged.
func (l *loader) tolerate(at yaml.Pos, rule, text, remedy string) {
	l.tolerateAt(source(at), rule, text, remedy)
}

func (l *loader) tolerateAt(at faultline.Source, rule, text, remedy string) {
	if len(l.notices) < l.limits.Notices {
		l.notices = append(l.notices, Notice{Source: at, Rule: rule, Text: text, Remedy: remedy})
	}
}
