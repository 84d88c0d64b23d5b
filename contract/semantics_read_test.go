package contract_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

func semantics(t testing.TB) []semanticsGroup {
	t.Helper()
	entries, err := os.ReadDir("testdata/semantics")
	if err != nil {
		t.Fatal(err)
	}
	var out []semanticsGroup
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".yaml") {
			continue
		}
		raw, err := os.ReadFile("testdata/semantics/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		root, err := yaml.Parse(e.Name(), raw)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range root.Items {
			out = append(out, readGroup(t, strings.TrimSuffix(e.Name(), ".yaml"), n))
		}
	}
	return out
}

func readGroup(t testing.TB, file string, n *yaml.Node) semanticsGroup {
	t.Helper()
	known(t, n, "about", "follows", "openapi", "path", "method", "parameters", "operation", "components", "contract", "options", "notices", "cases")
	g := semanticsGroup{file: file, about: member(n, "about"), follows: member(n, "follows"), node: n}
	if g.about == "" {
		t.Fatalf("%s: a group without `about`", n.Pos)
	}
	switch v := n.Get("openapi"); {
	case v == nil:
		t.Fatalf("%s: a group without `openapi`", n.Pos)
	case v.Kind == yaml.Array:
		for _, item := range v.Items {
			g.versions = append(g.versions, item.Text)
		}
	default:
		g.versions = []string{v.Text}
	}
	for _, c := range n.Get("cases").Items {
		if g.follows == "" && member(c, "follows") == "" {
			t.Fatalf("%s: neither the case nor its group says which section it `follows`", c.Pos)
		}
		g.cases = append(g.cases, readCase(t, n, c))
	}
	return g
}

func readCase(t testing.TB, group, n *yaml.Node) semanticsCase {
	t.Helper()
	known(t, n, "name", "follows", "send", "header", "body", "json", "form", "answer", "valid", "unjudged", "invalid", "at", "text", "more", "route")
	c := semanticsCase{
		name: member(n, "name"), pos: n.Pos, text: member(n, "text"), hasText: n.Get("text") != nil, route: member(n, "route"),
		valid: member(n, "valid") == "true", unjudged: member(n, "unjudged") == "true",
	}
	method, target, _ := strings.Cut(member(n, "send"), " ")
	if method == "" {
		method, target = strings.ToUpper(orElse(member(group, "method"), "get")), orElse(member(group, "path"), "/t")
	}
	c.request = &faultline.Request{Method: method, Target: target}
	c.request.Header, c.request.Body = message(n)
	if a := n.Get("answer"); a != nil {
		known(t, a, "status", "header", "body", "json")
		status, err := strconv.Atoi(orElse(member(a, "status"), "200"))
		if err != nil {
			t.Fatalf("%s: %v", a.Pos, err)
		}
		c.answer = &faultline.Response{Status: status}
		c.answer.Header, c.answer.Body = message(a)
	}
	if kind := member(n, "invalid"); kind != "" {
		c.want = append(c.want, kind+" at "+member(n, "at"))
	}
	if more := n.Get("more"); more != nil {
		for _, item := range more.Items {
			c.want = append(c.want, item.Text)
		}
	}
	if c.valid == (len(c.want) > 0) && !c.unjudged && c.route == "" {
		t.Fatalf("%s: a case has either `valid: true` or `invalid` and `at`", n.Pos)
	}
	return c
}

// message reads header fields and the body of a request or an answer.
func message(n *yaml.Node) (faultline.Header, faultline.Body) {
	var h faultline.Header
	if list := n.Get("header"); list != nil {
		for _, item := range list.Items {
			name, value, _ := strings.Cut(item.Text, ":")
			h = append(h, faultline.Field{Name: name, Value: strings.TrimSpace(value)})
		}
	}
	add := func(contentType, text string) (faultline.Header, faultline.Body) {
		return append(h, faultline.Field{Name: "Content-Type", Value: contentType}), faultline.NewBody([]byte(text))
	}
	if form := n.Get("form"); form != nil {
		return add("application/x-www-form-urlencoded", form.Text)
	}
	if json := n.Get("json"); json != nil {
		if json.Kind == yaml.String {
			return add("application/json", json.Text)
		}
		return add("application/json", string(schema.AppendNode(nil, json)))
	}
	return h, faultline.NewBody([]byte(member(n, "body")))
}

// contract makes the contract of a group in one version of OpenAPI.
func (g *semanticsGroup) contract(t testing.TB, version string) *contract.Contract {
	t.Helper()
	key := "openapi"
	if strings.HasPrefix(version, "2.") {
		key = "swagger"
	}
	doc := fmt.Appendf(nil, "{%q:%q,\"info\":{\"title\":\"T\",\"version\":\"1\"}", key, version)
	if whole := g.node.Get("contract"); whole != nil {
		for _, m := range whole.Members {
			doc = schema.AppendNode(append(tape.AppendQuoted(append(doc, ','), m.Key), ':'), m.Value)
		}
	} else {
		doc = fmt.Appendf(doc, `,"paths":{%q:{%q:{`, orElse(member(g.node, "path"), "/t"), orElse(member(g.node, "method"), "get"))
		doc = append(doc, `"x-case":0`...)
		for _, m := range operationOf(g.node) {
			doc = schema.AppendNode(append(tape.AppendQuoted(append(doc, ','), m.Key), ':'), m.Value)
		}
		doc = append(doc, "}}}"...)
	}
	if components := g.node.Get("components"); components != nil {
		doc = schema.AppendNode(append(doc, `,"components":`...), components)
	}
	doc = append(doc, '}')
	o := contract.Options{Strict: member(g.node.Get("options"), "strict") == "true"}
	c, err := contract.LoadWith(files("api.json", string(doc)), "api.json", o)
	if err != nil {
		t.Fatalf("%s: %v\n%s", g.node.Pos, err, doc)
	}
	return c
}

// operationOf are the fields of the one operation of a group.
func operationOf(n *yaml.Node) []yaml.Member {
	var out []yaml.Member
	if op := n.Get("operation"); op != nil {
		out = append(out, op.Members...)
	}
	if list := n.Get("parameters"); list != nil {
		out = append(out, yaml.Member{Key: "parameters", Value: list})
	}
	if !slices.ContainsFunc(out, func(m yaml.Member) bool { return m.Key == "responses" }) {
		ok := &yaml.Node{Kind: yaml.Object, Members: []yaml.Member{{Key: "description", Value: &yaml.Node{Kind: yaml.String, Text: "ok"}}}}
		out = append(out, yaml.Member{Key: "responses", Value: &yaml.Node{Kind: yaml.Object, Members: []yaml.Member{{Key: "200", Value: ok}}}})
	}
	return out
}

// member is the text of a member, empty if there is none.
func member(n *yaml.Node, key string) string {
	if v := n.Get(key); v != nil {
		return v.Text
	}
	return ""
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// known refuses a misspelt member: what the table says must be read.
func known(t testing.TB, n *yaml.Node, names ...string) {
	t.Helper()
	for i := range n.Members {
		if !slices.Contains(names, n.Members[i].Key) {
			t.Fatalf("%s: `%s` is none of %v", n.Members[i].Pos, n.Members[i].Key, names)
		}
	}
}
