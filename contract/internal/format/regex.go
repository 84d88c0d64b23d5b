package format

import (
	"errors"

	"github.com/faultline-http/faultline/contract/internal/ecma"
)

// regex is a regular expression of ECMA-262, with the u flag (JSON Schema
// 2020-12, Core, section 6.4, and Validation, section 7.3.8).
func regex(b []byte) fault {
	var syntax *ecma.SyntaxError
	if err := ecma.Check(string(b)); errors.As(err, &syntax) {
		return fault{syntax.Offset, syntax.What}
	}
	return none
}
