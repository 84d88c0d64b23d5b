package words

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes/internal/pattern"
)

// places are the words with which servers name a part of the request.
var places = map[string]Place{
	"body": Body, "form": Body, "payload": Body, "json": Body, "data": Body, "file": Body, "files": Body, "formdata": Body, "requestbody": Body, "request-body": Body,
	"query": Query, "querystring": Query, "querystringparameters": Query, "queryparam": Query, "queryparameter": Query, "url": Query,
	"path": Path, "params": Params, "uri": Path, "pathparam": Path, "route": Path, "parameter": Params,
	"header": Header, "headers": Header, "cookie": Cookie, "cookies": Cookie,
}

// placeOf reads a word as a part of the request; form data is part of the body.
func placeOf(word string) (Place, bool) {
	p, ok := places[strings.ToLower(word)]
	return p, ok
}

// field returns the field that an error object names beside its message.
func (n *Node) field() (path []string, in Place) {
	if loc := n.Get("loc"); loc != nil && loc.shape == aList {
		return located(loc.strings())
	}
	if source := n.Get("source"); source != nil && source.shape == object {
		// JSON:API 1.1, error objects: pointer, parameter or header.
		if p := source.Get("pointer").Text(); p != "" {
			return pointer(p), Body
		}
		if p := source.Get("parameter").Text(); p != "" {
			return []string{p}, Query
		}
		if h := source.Get("header").Text(); h != "" {
			return []string{h}, Header
		}
	}
	in = n.place()
	if p := n.Get("pointer").Text(); p != "" {
		return pointer(p), cmpPlace(in, Body)
	}
	for _, key := range []string{"instancePath", "dataPath"} {
		if p := n.Get(key); p != nil && p.shape == text && (p.text != "" || n.Get("keyword") != nil) {
			if strings.HasPrefix(p.text, ".") || strings.HasPrefix(p.text, "[") {
				path, _ = split(p.text) // ajv up to version 6
				return path, in
			}
			return composite(pointer(p.text), in)
		}
	}
	if n.Get("locations") != nil {
		return nil, "" // GraphQL: path is a path of the answer
	}
	for _, key := range fieldKeys {
		if path, at, found := n.fieldAt(key); found {
			if at != "" {
				in = at
			}
			if key == "headername" {
				in = Header
			}
			if key == "queryparametername" {
				in = Query
			}
			return path, in
		}
	}
	return nil, in
}

// composite reads a pointer into all that a request is made of, which validators of whole requests have.
func composite(path []string, in Place) ([]string, Place) {
	if len(path) == 0 || in != "" {
		return path, in
	}
	switch path[0] {
	case "requestBody":
		return path[1:], Body
	case "header", "headers":
		return path[1:], Header
	case "query", "querystring":
		if len(path) <= 2 {
			return path[1:], Query
		}
	case "path", "params":
		if len(path) <= 2 {
			return path[1:], Path
		}
	}
	return path, in
}

func (n *Node) fieldAt(key string) (path []string, in Place, found bool) {
	kid := n.Get(key)
	if kid == nil {
		return nil, "", false
	}
	if kid.shape == aList {
		path, in = located(kid.strings())
		if len(path) == 0 {
			path, in = kid.strings(), ""
		}
		return path, in, len(path) > 0
	}
	if kid.shape != text || kid.text == "" || strings.ContainsAny(kid.text, " ") || len(kid.text) > 200 {
		return nil, "", false
	}
	if key == "path" && n.Get("httpStatus") != nil {
		return nil, "", false // tRPC: the name of the procedure
	}
	if kid.text == "(root)" {
		return nil, "", true // gojsonschema: the body itself
	}
	if key == "path" && strings.Contains(kid.text, "/") && !strings.HasPrefix(kid.text, "/") && !strings.ContainsAny(kid.text, ".:") {
		return strings.Split(kid.text, "/"), "", true
	}
	switch key {
	case "path", "location", "target", "domain", "element", "name":
		if strings.Contains(kid.text, "://") {
			return nil, "", false
		}
		if strings.HasPrefix(kid.text, "/") {
			path, in = located(pointer(kid.text)) // else it is the path of the request, repeated
			return path, in, in != "" && len(path) > 0
		}
		if _, ok := placeOf(kid.text); ok && key == "location" {
			return nil, "", false
		}
		if key == "name" && n.Get("reason") == nil && n.Get("message") == nil && n.Get("code") == nil {
			return nil, "", false
		}
		if key == "name" && (strings.HasSuffix(kid.text, "Error") || strings.HasSuffix(kid.text, "Exception")) {
			return nil, "", false
		}
		if key == "name" && knownCode(kid.text) {
			return nil, "", false
		}
		if key == "name" && strings.ToUpper(kid.text) == kid.text {
			return nil, "", false // INVALID_REQUEST is a code
		}
		if key == "domain" {
			return nil, "", false
		}
	case "key":
		if n.pick(messageKeys, sentenceLike) == "" {
			return nil, "", false
		}
	}
	path, in = split(kid.text)
	return path, in, len(path) > 0
}

// place returns the part of the request that an error object names in a member of its own.
func (n *Node) place() Place {
	for _, key := range []string{"in", "location", "locationType", "location_type", "where", "source"} {
		if t := n.Get(key); t != nil && t.shape == text {
			if p, ok := placeOf(t.text); ok {
				return p
			}
		}
	}
	return ""
}

func cmpPlace(a, b Place) Place {
	if a != "" {
		return a
	}
	return b
}

func (n *Node) strings() []string {
	var out []string
	for _, kid := range n.kids {
		if kid.shape == text || kid.shape == number {
			out = append(out, kid.text)
		}
	}
	return out
}

// located reads pydantic's loc: the first step is the part of the request.
func located(loc []string) ([]string, Place) {
	if len(loc) == 0 {
		return nil, ""
	}
	if p, ok := placeOf(loc[0]); ok {
		return loc[1:], p
	}
	return loc, ""
}

// pointer reads a JSON Pointer, also as a URI fragment.
func pointer(p string) []string {
	p = strings.TrimPrefix(p, "#")
	if p == "" || p == "/" {
		return nil
	}
	steps := strings.Split(strings.TrimPrefix(p, "/"), "/")
	for i, s := range steps {
		steps[i] = faultline.UnescapePointer(s)
	}
	return steps
}

// split reads a name as servers write it: "items.1.quantity", "items[0].sku", "$.quantity",
// "order[address][city]", "/items/0". A part of the request in front is taken off.
func split(name string) (path []string, in Place) {
	if strings.HasPrefix(name, "/") || strings.HasPrefix(name, "#/") {
		return pointer(name), ""
	}
	if strings.HasPrefix(name, "$") && !strings.HasPrefix(name, "$.") && !strings.HasPrefix(name, "$[") && len(name) > 1 {
		return []string{name}, "" // OData: $select
	}
	name = strings.TrimPrefix(strings.TrimPrefix(name, "$"), ".")
	for step := range strings.SplitSeq(withoutBrackets(name), ".") {
		if step != "" {
			path = append(path, step)
		}
	}
	if len(path) > 1 {
		if p, ok := placeOf(path[0]); ok {
			return path[1:], p
		}
	}
	return path, ""
}

// withoutBrackets writes a name in brackets as one behind a dot: a[b]["c"] as a.b.c.
func withoutBrackets(name string) string {
	if !strings.Contains(name, "[") {
		return name
	}
	var b strings.Builder
	for name != "" {
		before, rest, found := strings.Cut(name, "[")
		inner, after, closed := strings.Cut(rest, "]")
		if !found || !closed {
			break
		}
		b.WriteString(before + "." + strings.Trim(inner, `"'`))
		name = after
	}
	return b.String() + name
}

var bareValue = compile(`(?:value|for value|integer|number|currency|string|date|parsing|option|choice|code|got|number|\bid|identifier)s?:? ["'\[]?([\w.+\-@:/]{1,80})`)

// valueFirst is a number that a sentence begins with: "-1 is less than the minimum of 0".
var valueFirst = compile(`^(-?\d[\d.]*) (?:is|was|must|should|cannot|does|exceeds)\b`)

// bare returns words that a sentence gives as the value without quotes: "Invalid integer: 12.50".
func bare(line pattern.Line) []string {
	var out []string
	if m, ok := line.Find(valueFirst); ok {
		out = append(out, m.Group(line.Text, 1))
	}
	for _, m := range line.All(bareValue, 4) {
		if v := strings.TrimRight(m.Group(line.Text, 1), ".:,"); v != "" && !ordinary[strings.ToLower(v)] {
			out = append(out, v)
		}
	}
	return out
}
