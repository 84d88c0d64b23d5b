package causes

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline"
)

// Servers that check their own answers against their schema say so with a 500, or beside the answer: Connexion, committee,
// express-openapi-validator, FastAPI, tRPC, NestJS with Zod, GraphQL for what may not be null; Prism and other proxies report on the server behind.
var (
	saysAnswerBroken = topic("the answer breaks its schema", "response body does not conform", "response does not conform", "nonconforming response*", "non conforming response*", "response validation error*", "response validation failed", "response validation*", "response failed validation", "responsevalidationerror*",
		"invalid response body", "invalid_response", "response body validation", "output validation failed", "output validation error", "invalid output", "invalid response from handler", "response doesn't match", "response does not match ~ schema", "does not match response schema", "response schema*", "failed to validate response*",
		"response ~ not valid against", "cannot return null for non-nullable*", "cannot return null for nonnullable*", "cannot return null for non nullable*", "serialization of return value", "failed to serialize response*", "failed to serialize an error", "zod serialization exception", "zodserializationexception", "response serialization*",
		"null was returned for non-null*", "the field at path ~ was declared as a non null type", "response payload ~ invalid", "handler returned ~ invalid", "response content does not match")
	saysAnswerDrifts = topic("the answer is not in the contract", "keys in response header don't match", "response header don't match", "unable to match the returned status code with those defined in spec", "status code ~ not defined in spec*", "response status code ~ not defined", "no schema defined for status code", "response status ~ not documented", "undocumented status code", "undocumented content type",
		"no response defined for status*", "unsupported response status*", "response media type ~ not defined", "response content type ~ not defined", "unable to find status code*", "undeclared response*", "no matching response for status", "response ~ not declared in the specification")
)

// ownValidator: the server itself, or a proxy that knows its contract, says that the answer breaks what was declared.
func (c *Case) ownValidator() (faultline.Finding, bool) {
	if c.Exchange.Response == nil || c.Status() < 500 && !c.ErrorInside() || !c.says(saysAnswerBroken) || c.says(saysAnswerDrifts) || c.upstreamSays() {
		return faultline.Finding{}, false
	}
	f := c.validatorFinding("the server's own check says that its answer breaks the schema that is declared for it")
	f.At = faultline.AtResponse("", faultline.Span{})
	f.Brief = "answer against its own schema"
	f.Expected = "an answer that keeps its schema"
	return f, true
}

// validatedDrift: Prism names in Sl-Violations what of an answer the contract does not know; others say it in a 500.
func (c *Case) validatedDrift() (faultline.Finding, bool) {
	if c.Exchange.Response == nil {
		return faultline.Finding{}, false
	}
	const field = "Sl-Violations"
	v := c.Exchange.Response.Header.Value(field)
	if strings.Contains(v, `"response"`) && strings.Contains(v, `"Error"`) {
		f := c.validatorFinding("a proxy that knows the contract says that the answer is not in it")
		f.At = faultline.AtResponseHeader(field)
		f.Evidence = []faultline.Evidence{{Kind: faultline.Excerpt, Title: "response headers", Lines: []faultline.Line{{Text: field + ": " + short(v)}}}}
		return f, true
	}
	if c.Status() < 500 || !c.says(saysAnswerDrifts) {
		return faultline.Finding{}, false
	}
	return c.validatorFinding("the server's own check says that the answer is not one that its contract declares"), true
}

func (c *Case) validatorFinding(message string) faultline.Finding {
	return faultline.Finding{
		Strength: faultline.Likely,
		At:       faultline.AtStatus(),
		Message:  message,
		Brief:    "answer not in the contract",
		Expected: "an answer that the contract declares",
		Found:    fmt.Sprintf("status %d", c.Status()),
		Evidence: c.serverWords(),
		Remedy: faultline.Remedy{Text: "mend the answer at the server, or the contract if the answer is meant", Applicability: faultline.Guess, Steps: []faultline.Step{
			{Text: "at the server: compare what the handler returns with the schema of this operation; nothing in the request is wrong"},
			{Text: "hand the words of the answer to whoever runs the API"},
		}},
		Rank: 30,
	}
}
