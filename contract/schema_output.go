package contract

import (
	"encoding/json"
	"strconv"

	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/tape"
)

// OutputFormat is one of the forms in which JSON Schema reports what a schema
// came to (2020-12, section 12.4).
type OutputFormat uint8

// The formats.
const (
	OutputFlag     OutputFormat = iota // valid or not
	OutputBasic                        // a flat list
	OutputDetailed                     // a tree of what matters
	OutputVerbose                      // a tree of everything
)

// An Output is a unit of output: what a keyword, or a schema, came to.
// Marshaled it has the shape that the standard gives, and the names.
type Output struct {
	Valid                   bool
	KeywordLocation         string // the way to the keyword, through references: "/properties/a/$ref/type"
	AbsoluteKeywordLocation string // where the keyword stands, as a URI
	InstanceLocation        string // JSON Pointer of the value
	Error                   string
	Annotation              json.RawMessage
	Errors                  []Output
	Annotations             []Output

	flag bool // nothing but Valid is said
}

// Output applies the schema keyword by keyword and reports in one of the forms
// of the standard. Unlike [Schema.Explain] it lists every keyword that fails,
// in branches that were not meant as well. Valid is what [Schema.Valid] says.
func (s *Schema) Output(json []byte, format OutputFormat) Output {
	if format == OutputFlag {
		return Output{Valid: s.Valid(json), flag: true}
	}
	root := s.program.Trace(s.places, s.id, json)
	switch format {
	case OutputBasic:
		out := leaf(&root)
		list := &out.Annotations
		if !root.Valid {
			list = &out.Errors
			out.Error = ""
			*list = append(*list, leaf(&root))
		}
		flatten(list, root.Units, root.Valid)
		return out
	case OutputDetailed:
		return detailed(&root, root.Valid)
	}
	return verbose(&root)
}

// leaf is a unit without those that it is made of.
func leaf(u *schema.Unit) Output {
	out := Output{
		Valid:                   u.Valid,
		KeywordLocation:         u.Keyword,
		AbsoluteKeywordLocation: u.URI,
		InstanceLocation:        u.Instance,
		Error:                   u.Error,
	}
	if u.Valid {
		out.Annotation = u.Annotation
	}
	return out
}

// flatten lists the units that say something: errors with a word of their own,
// or annotations. Annotations of what failed are dropped.
func flatten(list *[]Output, units []schema.Unit, valid bool) {
	for i := range units {
		u := &units[i]
		if !u.Relevant(valid) {
			continue
		}
		if u.Annotation != nil || !valid && u.Said() {
			*list = append(*list, leaf(u))
		}
		flatten(list, u.Units, valid)
	}
}

// detailed leaves out the units that say nothing, and puts a unit that is alone
// in the place of the one around it.
func detailed(u *schema.Unit, valid bool) Output {
	out := leaf(u)
	list := &out.Annotations
	if !valid {
		list = &out.Errors
	}
	for i := range u.Units {
		part := &u.Units[i]
		if !part.Relevant(valid) {
			continue
		}
		made := detailed(part, valid)
		if !valid || made.Annotation != nil || made.Annotations != nil {
			*list = append(*list, made)
		}
	}
	switch {
	case len(*list) == 1 && out.Annotation == nil:
		return (*list)[0]
	case len(*list) > 0:
		out.Error = ""
	}
	return out
}

func verbose(u *schema.Unit) Output {
	out := leaf(u)
	for i := range u.Units {
		if u.Valid {
			out.Annotations = append(out.Annotations, verbose(&u.Units[i]))
		} else {
			out.Errors = append(out.Errors, verbose(&u.Units[i]))
		}
	}
	if out.Errors != nil {
		out.Error = ""
	}
	return out
}

// MarshalJSON writes the unit as the standard does.
func (o Output) MarshalJSON() ([]byte, error) { return o.append(nil), nil }

func (o *Output) append(dst []byte) []byte {
	dst = strconv.AppendBool(append(dst, `{"valid":`...), o.Valid)
	if o.flag {
		return append(dst, '}')
	}
	dst = tape.AppendQuoted(append(dst, `,"keywordLocation":`...), o.KeywordLocation)
	if o.AbsoluteKeywordLocation != "" {
		dst = tape.AppendQuoted(append(dst, `,"absoluteKeywordLocation":`...), o.AbsoluteKeywordLocation)
	}
	dst = tape.AppendQuoted(append(dst, `,"instanceLocation":`...), o.InstanceLocation)
	if o.Error != "" {
		dst = tape.AppendQuoted(append(dst, `,"error":`...), o.Error)
	}
	if o.Annotation != nil {
		dst = append(append(dst, `,"annotation":`...), o.Annotation...)
	}
	dst = appendUnits(dst, "errors", o.Errors)
	dst = appendUnits(dst, "annotations", o.Annotations)
	return append(dst, '}')
}

func appendUnits(dst []byte, name string, list []Output) []byte {
	if len(list) == 0 {
		return dst
	}
	dst = append(append(append(dst, `,"`...), name...), `":[`...)
	for i := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = list[i].append(dst)
	}
	return append(dst, ']')
}
