package causes

import (
	"testing"

	"github.com/faultline-http/faultline"
)

var (
	topicOfTest  = topic("of a test", "frobnicator ~ jammed")
	anotherTopic = topic("another of a test", "nobody says this")
)

func TestTopics(t *testing.T) {
	t.Parallel()
	c := &Case{Exchange: &faultline.Exchange{
		Response: &faultline.Response{
			Status: 500, Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}},
			Body: faultline.NewBody([]byte(`{"error":{"code":"FrobnicatorIsJammed"}}`)),
		},
		Failure: &faultline.Failure{Text: "the frobnicator was jammed"},
	}}
	if !c.says(topicOfTest) || !c.says(anotherTopic, topicOfTest) || c.says(anotherTopic) {
		t.Errorf("the answer is about %v", c.heard().Hits)
	}
	if got := c.heard().Words(topicOfTest); got != "frobnicator is jammed" {
		t.Errorf("the words are %q", got)
	}
	if !c.clientSays(topicOfTest) || c.clientSays(anotherTopic) {
		t.Errorf("the client speaks of %v", c.complained().Hits)
	}
}
