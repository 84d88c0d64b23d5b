// Package tape reads JSON text into a flat list of tokens that know their
// bytes, and works on JSON text as text: it finds the value that a JSON Pointer
// means, edits a body without touching any byte that the edit is not about,
// and says in words what stops a text from being JSON, and how to mend it.
//
//	var t tape.Tape
//	if err := tape.Parse(&t, body, tape.Limits{}); err != nil {
//		var bad *tape.SyntaxError
//		errors.As(err, &bad)
//		fmt.Println(bad.Span.Line, bad.Span.Column, bad.Message)
//	}
//
// A Tape can be used again and again; once it has grown, a parse allocates
// nothing. The package builds no Go values from JSON: encoding/json does that.
package tape
