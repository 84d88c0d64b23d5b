package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

// A StatusMeaning is what a status says by itself, before anything else of the
// answer is known.
type StatusMeaning struct {
	Status int
	Name   string
	Source string // where it is defined: "RFC 9110, section 15.5.5"
	Text   string
	Causes []faultline.Slug // the likely ones, the most frequent first
	Look   string           // what to look at next
}

// MeaningOf returns what a status means; for one that nobody registered what
// its class means (RFC 9110, section 15).
func MeaningOf(status int) (StatusMeaning, bool) {
	for i := range statusMeanings {
		if statusMeanings[i].Status == status {
			return statusMeanings[i], true
		}
	}
	class := map[int]StatusMeaning{
		1: {Text: "an interim answer: the final one follows", Look: "the answer that comes after it"},
		2: {Text: "the server understood and accepted the request", Look: "the body: some APIs report errors inside a success"},
		3: {Text: "the client has to go on elsewhere", Look: "the `Location` field of the answer"},
		4: {Text: "the server holds that the request is at fault", Look: "the body of the answer: most servers say there what they refuse"},
		5: {Text: "the server, or a gateway in front of it, failed on a request that may be good", Look: "who answered (Server, Via and the body tell), then that one's log"},
	}
	m, ok := class[status/100]
	m.Status, m.Name, m.Source = status, "not registered", "RFC 9110, section 15"
	return m, ok
}

// StatusFacts is the meaning of a status as evidence, for a call of which
// nothing else is known.
func StatusFacts(status int) []faultline.Evidence {
	m, ok := MeaningOf(status)
	if !ok {
		return nil
	}
	return append(meaningFacts(m), fact("look at", m.Look))
}

// meaningFacts are what a status means, and the causes that it often has.
func meaningFacts(m StatusMeaning) []faultline.Evidence {
	facts := []faultline.Evidence{
		fact("means", fmt.Sprintf("%d %s: %s (%s)", m.Status, m.Name, m.Text, m.Source)),
	}
	var likely []faultline.Line
	for _, slug := range m.Causes {
		if page, err := PageOf(slug); err == nil {
			likely = append(likely, faultline.Line{Text: string(slug), Note: page.Title})
		}
	}
	if len(likely) > 0 {
		facts = append(facts, faultline.Evidence{Kind: faultline.Fact, Title: "often", Lines: likely})
	}
	return facts
}

func fact(title, text string) faultline.Evidence {
	return faultline.Evidence{Kind: faultline.Fact, Title: title, Lines: []faultline.Line{{Text: text}}}
}
