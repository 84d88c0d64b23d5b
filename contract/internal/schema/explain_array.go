package schema

import (
	"strconv"
)

func (x *explainer) array(f *form, token int) {
	r := f.arr
	tok := &x.t.Tokens[token]
	n := int(tok.Count)
	fail := func(keyword, words string) { x.refuse(f, token, keyword, " must have ", words, "") }
	switch {
	case n < r.min:
		fail("minItems", "at least "+plural(r.min, "item")+", it has "+strconv.Itoa(n))
	case r.max >= 0 && n > r.max:
		fail("maxItems", "at most "+plural(r.max, "item")+", it has "+strconv.Itoa(n))
	}
	i, before := 0, x.count
	for item := token + 1; item < int(tok.Next); item = int(x.t.Tokens[item].Next) {
		id := r.items
		if i < len(r.prefix) {
			id = r.prefix[i]
		}
		if id == None {
			break
		}
		if x.forms[id].never && i >= len(r.prefix) {
			fail("items", "at most "+plural(len(r.prefix), "item")+", it has "+strconv.Itoa(n))
			break
		}
		if !x.fits(id, item) {
			x.part(id, item, step{key: -1, index: i})
		}
		i++
	}
	if r.contains != None && x.count == before {
		x.contains(f, token, fail) // else an item that is mended may be the one
	}
	if r.unique {
		x.unique(f, token)
	}
}

func (x *explainer) contains(f *form, token int, fail func(keyword, words string)) {
	r := f.arr
	fits := x.contained(r, token)
	if fits < r.minContains && x.nearlyContained(r.contains, token) {
		return
	}
	each := func(n int) string {
		item := x.p.describeItem(r.contains)
		if n == 1 {
			return "1 item that is " + item
		}
		return strconv.Itoa(n) + " items that are each " + item
	}
	switch {
	case fits < r.minContains && r.minContains == 1:
		fail("contains", "at least "+each(1))
	case fits < r.minContains:
		fail("minContains", "at least "+each(r.minContains))
	case r.maxContains >= 0 && fits > r.maxContains:
		fail("maxContains", "at most "+each(r.maxContains))
	}
}

// nearlyContained explains the one item that is what contains asks for but for a
// misspelt name.
func (x *explainer) nearlyContained(id ID, token int) bool {
	if x.t.Tokens[token].Count > mostWeighed {
		return false
	}
	nearest, at, i := -1, 0, 0
	for item := token + 1; item < int(x.t.Tokens[token].Next); item = int(x.t.Tokens[item].Next) {
		if n := x.score(id, item); n > 0 && n <= weightOfName {
			if nearest >= 0 {
				return false
			}
			nearest, at = item, i
		}
		i++
	}
	if nearest < 0 {
		return false
	}
	x.part(id, nearest, step{key: -1, index: at})
	return true
}

func (x *explainer) unique(f *form, token int) {
	second := x.twin(token)
	if second < 0 {
		return
	}
	index := 0
	for item := token + 1; item < second; item = int(x.t.Tokens[item].Next) {
		index++
	}
	name := x.name(token)
	x.path = append(x.path, step{key: -1, index: index})
	x.add(f, Violation{
		Kind: Value, Keyword: "uniqueItems",
		Message: name + " must not hold the same item twice",
		Want:    x.want(f, token),
		Found:   x.found(second) + " a second time",
		Detail:  x.detail(f),
	}, second)
	x.path = x.path[:len(x.path)-1]
}
