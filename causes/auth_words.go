package causes

import "strings"

// authWord is something that servers say about a credential. The words of one
// answer are a set: rules ask what is in it, and what else is.
type authWord uint32

const (
	saysAbsent      authWord = 1 << iota // there was none
	saysLogin                            // log in first: none, or none that counts
	saysScheme                           // the Authorization field has the wrong form
	saysForm                             // the token does not parse
	saysExpired                          // its lifetime is over
	saysMaybe                            // "invalid or expired": one of several
	saysEarly                            // it is not valid yet
	saysClock                            // the times of the two sides disagree
	saysAudience                         // it was made for another API
	saysIssuer                           // it was made by somebody else
	saysSignature                        // its signature, key or algorithm is wrong
	saysRevoked                          // it was withdrawn
	saysKind                             // a token of another use: ID token, refresh token
	saysScope                            // its scopes do not suffice
	saysRole                             // the caller may not do this
	saysForgery                          // the token against forgery, which is another one
	saysInteraction                      // a person has to act first
	saysInactive                         // the account is suspended or closed
	saysAddress                          // the caller's address is refused
	saysRefused                          // known and wrong: bad password, unknown key
	saysUnverified                       // it cannot be verified, for a reason that is not named
	saysClient                           // an OAuth client or grant: the business of a token endpoint
)

// saysOther is what has nothing to do with form and lifetime of a token.
const saysOther = saysAudience | saysIssuer | saysSignature | saysRevoked | saysKind | saysScope | saysRole | saysForgery | saysInteraction |
	saysInactive | saysAddress

// authSays are the things that the answer says about the credential, in its
// body, its challenges and the fields in which gateways name an error.
func (c *Case) authSays() authWord {
	return c.known.auth.get(func() authWord {
		if c.Exchange.Response == nil {
			return 0
		}
		var out authWord
		for word, topics := range authTopics {
			if c.says(topics...) {
				out |= 1 << word
			}
		}
		if c.says(topicOtherExpired) && !c.says(topicAccessToken) || out&saysMaybe != 0 {
			out &^= saysExpired
		}
		if out&saysForgery != 0 {
			out &^= saysAbsent | saysLogin | saysForm // a token of another kind
		}
		return out
	})
}

// authText is the beginning of what the answer says, in lower case.
func (c *Case) authText() string {
	if c.Exchange.Response == nil {
		return ""
	}
	said := c.Said()
	if len(said) > maxAuthText {
		said = said[:maxAuthText]
	}
	for _, name := range []string{
		"WWW-Authenticate", "Proxy-Authenticate", "X-Amzn-ErrorType", "X-Amzn-Remapped-WWW-Authenticate", "X-Ms-Diagnostics",
		"X-Error", "X-Error-Message", "X-Auth-Error", "Grpc-Message",
	} {
		for _, v := range c.Exchange.Response.Header.Values(name) {
			if len(v) < maxAuthText && len(said) < 2*maxAuthText {
				said += " " + strings.ToLower(v)
			}
		}
	}
	return strings.TrimSpace(said)
}

// maxAuthText bounds what is searched: a refusal is short, a page of a portal
// mentions everything somewhere.
const maxAuthText = 4 << 10

// eachOf writes every combination of the words, one of each list, in order.
func eachOf(lists ...[]string) []string {
	out := []string{""}
	for _, list := range lists {
		var longer []string
		for _, begun := range out {
			for _, word := range list {
				longer = append(longer, strings.TrimSpace(begun+" "+word))
			}
		}
		out = longer
	}
	return out
}
