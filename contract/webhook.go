package contract

import (
	"iter"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// A webhook is a request that the provider of the API sends, under the name
// that the document gives it (OpenAPI 3.1.0, section 4.8.1).
type webhook struct {
	name string
	op   *Operation
}

// Webhooks are the operations of `webhooks` under their names, in the order of
// the document. The provider of the API is their client: ValidRequest judges
// what it sends, ValidResponse what the receiver answers.
func (c *Contract) Webhooks() iter.Seq2[string, *Operation] {
	return func(yield func(string, *Operation) bool) {
		for i := range c.webhooks {
			if !yield(c.webhooks[i].name, c.webhooks[i].op) {
				return
			}
		}
	}
}

// MatchWebhook finds the operation for a request that is known to be a webhook;
// nil if the document has none of that name and method. Which address it went
// to says nothing: that is agreed upon elsewhere.
func (c *Contract) MatchWebhook(name, method string) *Operation {
	for i := range c.webhooks {
		if w := &c.webhooks[i]; w.name == name && w.op.Method == method {
			return w.op
		}
	}
	return nil
}

func (l *loader) readWebhooks() error {
	list := l.root.Get("webhooks")
	if list == nil || list.Kind == yaml.Null || !l.v31 {
		return nil
	}
	if list.Kind != yaml.Object {
		return l.docs.fail(list.Pos, "`webhooks` must be an object keyed by name", "")
	}
	for i := range list.Members {
		m := &list.Members[i]
		if strings.HasPrefix(m.Key, "x-") {
			continue
		}
		err := l.readItem(m.Value, place{template: m.Key, called: true, settle: func(op *Operation, _ []Server) error {
			l.c.webhooks = append(l.c.webhooks, webhook{m.Key, op})
			return nil
		}})
		if err != nil {
			return err
		}
	}
	return nil
}
