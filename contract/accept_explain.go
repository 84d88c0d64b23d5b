package contract

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// explainAccept says that no declared answer is one that the request takes.
func (op *Operation) explainAccept(r *faultline.Request) []Violation {
	if op.acceptable(r) {
		return nil
	}
	names, src := op.offers()
	value := r.Header.Value("Accept")
	at := faultline.AtHeader("Accept")
	at.Span = faultline.Span{End: len(value), Line: 1, Column: 1}
	return []Violation{{
		Kind:    NotAcceptable,
		Keyword: "content",
		At:      at,
		Field:   "Accept",
		Message: "`Accept` takes none of the media types that `" + op.ID + "` answers with",
		Want:    oneOf(names),
		Found:   foundText(strings.Join(r.Header.Values("Accept"), ", ")),
		Detail: faultline.Detail{
			Field: "Accept", Types: []string{"string"}, Enum: quoted(names),
			Found: &faultline.Value{Field: "Accept", Type: "string", Text: short(value)},
		},
		Source: src,
	}}
}

// AnswerTypes are the media types of the declared answers of success, as the
// contract writes them.
func (op *Operation) AnswerTypes() []string {
	names, _ := op.offers()
	return names
}

// offers are the media types of the declared answers of success, and where the
// contract says so.
func (op *Operation) offers() (names []string, at faultline.Source) {
	for i := range op.responses {
		a := &op.responses[i]
		if !op.isSuccess(a) {
			continue
		}
		if at.Line == 0 {
			at = a.source
		}
		for j := range a.media {
			names = appendNew(names, a.media[j].name)
		}
	}
	return names, at
}
