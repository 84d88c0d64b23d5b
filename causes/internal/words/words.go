// Package words reads what a server says about a failed call and turns it into
// complaints that rules can use: what sort of mistake, where, about which
// field, with the server's own words kept.
//
// It knows shapes that many systems share (a list of errors with a field each,
// a map from field to messages, a pointer, one sentence of text), a table of
// codes and a table of phrases. It does not know the request: which of the
// names in a sentence is a field of the request is for the caller to find out.
package words

// Kind is the sort of mistake that a server complains of.
type Kind uint8

// The kinds. Unclear is a complaint about a field whose words say nothing more.
const (
	Unclear Kind = iota
	Missing
	Unknown
	Type
	Value
	Null
	Syntax
	Duplicate
	BodyMissing
	MediaTypeMissing
	MediaType
	Route
	Method
)

var kindNames = [...]string{
	"unclear", "missing", "unknown", "type", "value", "null", "syntax", "duplicate",
	"body missing", "media type missing", "media type", "route", "method",
}

func (k Kind) String() string { return kindNames[k] }

// Place is the part of the request that a server names, empty if it names none.
type Place string

// The places.
const (
	Body   Place = "body"
	Query  Place = "query"
	Path   Place = "path"
	Header Place = "header"
	Cookie Place = "cookie"
	Params Place = "params" // query or path: the server does not tell the two apart
)

// A Complaint is one thing that a server says is wrong with the request.
type Complaint struct {
	Kind         Kind
	In           Place
	Field        []string // path of the field, one name or index a step, if the server names it apart from its sentence
	Names        []string // words of the sentence that may be names, the likeliest first
	Told         int      // so many of Names are what the sentence calls the field; 0: nobody knows
	Values       []string // quoted things of the sentence that may be values
	Subject      string   // the word that the sentence begins with, if it is what the sentence is about
	Label        string   // the name that the sentence begins with as people write it, in the spelling of fields
	Text         string   // the server's own words
	Code         string   // the server's own code
	Expected     string   // what the server says it wants instead, if it does
	Quotes       bool     // the sentence begins with the value itself, in the notation of the language of the server
	Document     bool     // about a part of the GraphQL document, which is text inside the body
	Line, Column int      // where in the body, if the server counts; from 1
	Item         int      // which of a list of results it is about, from 0; -1 if it is in none
}

// Read returns what the answer complains of, the most telling first.
func Read(body []byte) []Complaint {
	var r reader
	if root := Document(body); root != nil {
		r.document(root)
	} else if text := spoken(body); text != "" {
		r.sentence(text, nil, "", "")
	}
	return tidy(r.found)
}

// tidy drops repetitions: the summary above a list ("The email field is
// required. (and 1 more error)"), and the same complaint in two shapes.
func tidy(all []Complaint) []Complaint {
	var out []Complaint
	for _, c := range all {
		if !repeats(c, all) && !contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

func contains(list []Complaint, c Complaint) bool {
	for _, o := range list {
		if o.Kind == c.Kind && o.Text == c.Text && o.In == c.In && equal(o.Field, c.Field) {
			return true
		}
	}
	return false
}

// repeats reports whether a complaint without a field says less than one with a field does.
func repeats(c Complaint, all []Complaint) bool {
	if len(c.Field) > 0 {
		return isVague(c, all)
	}
	for i := range all {
		o := &all[i]
		if len(o.Field) > 0 && (o.Kind == c.Kind || c.Kind == Unclear || c.Kind == Value || c.Kind == Syntax && o.Kind != Unclear) {
			return true
		}
	}
	return false
}

// isVague reports whether another complaint of the kind names a part of what this one names.
func isVague(c Complaint, all []Complaint) bool {
	if c.Kind != Unknown && (c.Kind != Missing || c.Told > 0) {
		return false
	}
	for i := range all {
		o := &all[i]
		if o.Kind == c.Kind && len(o.Field) > len(c.Field) && equal(o.Field[:len(c.Field)], c.Field) {
			return true
		}
	}
	return false
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
