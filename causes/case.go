package causes

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// A Case is all that is known about one call: the exchange, what the contract
// says of it, and a call that succeeded. Rules ask it questions; answers that
// several rules need are worked out once.
type Case struct {
	Exchange   *faultline.Exchange
	Contract   *contract.Contract // nil: no contract at hand
	Match      contract.Match
	Violations []contract.Violation // of the request, then of the answer
	Baseline   *faultline.Exchange  // the last call of this operation that succeeded, if known
}
