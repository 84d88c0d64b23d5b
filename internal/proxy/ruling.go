package proxy

import (
	"fmt"
	"strings"
)

// ruling applies header rules to a head while it is written: lines that no rule
// names go on as they came.
type ruling struct {
	rules *HeaderRules // nil: none
	set   uint64       // which of Set have been written
}

// mostSet is how many fields one service may set: more would need memory for
// each head.
const mostSet = 64

// touch reports whether a rule is about the field.
func (r *ruling) touch(name string) bool {
	if r.rules == nil || len(r.rules.Remove) == 0 && len(r.rules.Set) == 0 {
		return false
	}
	return r.number(name) >= 0 || r.removes(name)
}

func (r *ruling) number(name string) int {
	for i := range r.rules.Set {
		if strings.EqualFold(r.rules.Set[i].Name, name) {
			return i
		}
	}
	return -1
}

func (r *ruling) removes(name string) bool {
	for _, gone := range r.rules.Remove {
		if strings.EqualFold(gone, name) {
			return true
		}
	}
	return false
}

// appendInPlace writes what takes the place of a field that a rule is about: the
// field that is set, where the first of its name stood, or nothing. What is
// removed and set comes last, as in Apply.
func (r *ruling) appendInPlace(b []byte, name string) []byte {
	i := r.number(name)
	if i < 0 || r.set&(1<<i) != 0 || r.removes(name) {
		return b
	}
	return r.appendSet(b, i)
}

// appendRest writes what is set and stood nowhere, then what is added.
func (r *ruling) appendRest(b []byte) []byte {
	if r.rules == nil {
		return b
	}
	for i := range r.rules.Set {
		if r.set&(1<<i) == 0 {
			b = r.appendSet(b, i)
		}
	}
	for _, f := range r.rules.Add {
		b = appendField(b, f.Name, f.Value)
	}
	return b
}

func (r *ruling) appendSet(b []byte, i int) []byte {
	r.set |= 1 << i
	return appendField(b, r.rules.Set[i].Name, r.rules.Set[i].Value)
}

func appendField(b []byte, name, value string) []byte {
	b = append(b, name...)
	b = append(b, ": "...)
	b = append(b, value...)
	return append(b, "\r\n"...)
}

// checkRules refuses what would break messages.
func checkRules(s *Service) error {
	for _, rules := range []*HeaderRules{&s.RequestHeaders, &s.ResponseHeaders} {
		if len(rules.Set) > mostSet {
			return fmt.Errorf("proxy: service %q sets %d header fields, more than %d", s.Name, len(rules.Set), mostSet)
		}
		names := append([]string(nil), rules.Remove...)
		for _, f := range append(rules.Set[:len(rules.Set):len(rules.Set)], rules.Add...) {
			if strings.ContainsAny(f.Value, "\r\n\x00") {
				return fmt.Errorf("proxy: service %q: the value of %q is no value of a header field", s.Name, f.Name)
			}
			names = append(names, f.Name)
		}
		for _, name := range names {
			if own := OwnField(name); own != "" || name == "" || strings.ContainsAny(name, " :\r\n\t") {
				return fmt.Errorf("proxy: service %q: no rule may touch the header field %q", s.Name, name)
			}
		}
	}
	return nil
}
