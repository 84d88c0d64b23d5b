package schema

import "strings"

// merge puts a second violation of the same value into the first, and is false
// if the two are of different things: a value is one mistake, however many
// keywords refuse it.
func (x *explainer) merge(o, v *Violation) bool {
	if o.Pointer != v.Pointer {
		return false
	}
	if !o.ofValue() || !v.ofValue() {
		return o.Kind == v.Kind && o.Field == v.Field && o.Message == v.Message
	}
	switch {
	case !o.Kind.refusal() || o.Message == v.Message:
		return true
	case !v.Kind.refusal():
		*o = *v // of a value of the wrong type nothing else matters
		return true
	}
	return o.also(v)
}

// ofValue reports whether a violation is of a value that is there, and of all
// of it.
func (v *Violation) ofValue() bool { return v.Kind == Type || v.Kind == Null || v.Kind == Value }

// refusal is true for values of the right type.
func (k Kind) refusal() bool { return k == Value }

// also adds the words of another violation: "`code` must match `^[A-Z]+$`; it
// must have at most 3 characters, it has 5".
func (v *Violation) also(o *Violation) bool {
	subject, _, ok := strings.Cut(v.Message, " must ")
	if !ok {
		return false
	}
	words, ok := strings.CutPrefix(o.Message, subject+" ")
	if !ok {
		return false
	}
	v.Message += "; it " + words
	if v.Want != o.Want {
		v.Want += ", " + o.Want
	}
	if v.Meant == "" {
		v.Meant, v.Caret, v.Keeps = o.Meant, o.Caret, o.Keeps
	}
	if v.Detail.Enum == nil {
		v.Detail.Enum = o.Detail.Enum
	}
	return true
}
