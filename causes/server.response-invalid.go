package causes

import (
	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

func init() { register("server.response-invalid", responseInvalid) }

// responseInvalid finds answers that break the schema that is declared for
// them. A status or a media type that the contract does not know is another
// matter: there it is not clear who is wrong.
func responseInvalid(c *Case) []faultline.Finding {
	var out []faultline.Finding
	for _, v := range c.Violations {
		if v.At.Side != faultline.ResponseSide {
			continue
		}
		switch v.Kind {
		case contract.Status, contract.MediaType, contract.MediaTypeMissing, contract.Unknown:
			continue
		}
		f := c.asFinding(v)
		f.Retry, f.Caret = "", v.Caret
		if v.Kind == contract.Missing && v.At.In == faultline.InBody {
			f.At = missingAt(v)
		}
		f.Brief = f.At.Pointer + ": " + v.Found
		if v.Found == "" {
			f.Brief = v.Message
		}
		f.Remedy = faultline.Remedy{Text: "mend the answer at the server, or the contract if the answer is meant", Applicability: faultline.Guess}
		if c.Status() >= 400 {
			f.Rank = symptom // why the call failed matters more than how that is said
			f.Strength = faultline.Possible
		}
		out = append(out, f)
	}
	if f, ok := c.ownValidator(); ok && len(out) == 0 {
		out = append(out, f)
	}
	return out
}
