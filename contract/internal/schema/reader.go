package schema

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/yaml"
	"github.com/faultline-http/faultline/internal/tape"
)

// A reader turns one schema of a document into a form.
type reader struct {
	b    *Builder
	f    *form
	node *yaml.Node
	at   where
}

func (r *reader) read() error {
	if r.node.Kind == yaml.Bool && r.at.dialect == JSONSchema202012 {
		r.f.never = r.node.Text == "false"
		return nil
	}
	if r.node.Kind != yaml.Object {
		return &Error{Pos: r.node.Pos, Msg: "a schema must be an object, this is " + kindWords(r.node), Remedy: "write an object with keywords such as `type`"}
	}
	if res := r.b.lib.inner[r.node]; res != nil && res != r.at.res {
		r.at.res = res
	}
	r.at.scope = r.b.extend(r.at.scope, r.at.res)
	if err := r.dialect(); err != nil {
		return err
	}
	if r.at.dialect == OpenAPI30 {
		if ref := r.node.Get("$ref"); ref != nil {
			// OpenAPI 3.0, Reference Object: what stands beside it is ignored.
			return r.reference(ref, false)
		}
	}
	if flag := r.node.Get("$recursiveAnchor"); flag != nil && flag.Text == "true" {
		r.at.around = r.node
	}
	for _, group := range [...]func() error{r.common, r.numbers, r.strings, r.arrays, r.objects, r.combined, r.foreign} {
		if err := group(); err != nil {
			return err
		}
	}
	return nil
}

// dialect honours $schema.
func (r *reader) dialect() error {
	uri := text(r.node.Get("$schema"))
	if uri == "" || r.at.dialect == OpenAPI30 {
		return nil
	}
	if d, ok := DialectOf(uri); ok {
		r.at.dialect = d
		r.at.silent = false
		return nil
	}
	unsupported := &Unsupported{Pos: r.node.Get("$schema").Pos, What: "the dialect `" + uri + "`"}
	to, err := r.b.lib.find(r.at.res, strings.TrimSuffix(uri, "#"))
	if err != nil {
		return unsupported
	}
	vocabulary := to.root.Get("$vocabulary")
	if vocabulary == nil {
		return unsupported
	}
	r.at.silent = true
	for _, m := range vocabulary.Members {
		switch m.Key {
		case "https://json-schema.org/draft/2020-12/vocab/validation":
			r.at.silent = false
		case "https://json-schema.org/draft/2020-12/vocab/core", "https://json-schema.org/draft/2020-12/vocab/applicator",
			"https://json-schema.org/draft/2020-12/vocab/unevaluated", "https://json-schema.org/draft/2020-12/vocab/meta-data",
			"https://json-schema.org/draft/2020-12/vocab/format-annotation", "https://json-schema.org/draft/2020-12/vocab/format-assertion",
			"https://json-schema.org/draft/2020-12/vocab/content":
		default:
			if m.Value.Text == "true" {
				return unsupported
			}
		}
	}
	return nil
}

func (r *reader) get(keyword string) *yaml.Node { return r.node.Get(keyword) }

// assertion is get for keywords of the validation vocabulary.
func (r *reader) assertion(keyword string) *yaml.Node {
	if r.at.silent {
		return nil
	}
	return r.node.Get(keyword)
}

func (r *reader) bad(n *yaml.Node, keyword, want string) error {
	return &Error{Pos: n.Pos, Msg: "`" + keyword + "` must be " + want + ", this is " + kindWords(n), Remedy: "write " + want}
}

func kindWords(n *yaml.Node) string {
	switch n.Kind {
	case yaml.Null:
		return "null"
	case yaml.Bool, yaml.Number:
		return "`" + n.Text + "`"
	case yaml.String:
		return "the string `" + tape.Printable([]byte(n.Text), 60) + "`"
	case yaml.Array:
		return "an array"
	}
	return "an object"
}

func (r *reader) reference(ref *yaml.Node, dynamic bool) error {
	if ref.Kind != yaml.String {
		return r.bad(ref, "$ref", "a string")
	}
	t, err := r.b.lib.resolve(r.at.res, ref.Text)
	var unsupported *Unsupported
	if errors.As(err, &unsupported) {
		return &Unsupported{Pos: ref.Pos, What: unsupported.What}
	}
	if err != nil {
		return &Error{
			Pos:    ref.Pos,
			Msg:    "the reference `" + ref.Text + "` leads nowhere: " + err.Error(),
			Remedy: "write the address of a schema that is there",
		}
	}
	if bound, ok := r.b.scopes[r.at.scope][t.dynamic]; ok && dynamic && t.dynamic != "" {
		t.node, t.res = bound.node, bound.res
	}
	at := r.enter(t.res)
	at.around = nil
	r.f.ref = r.b.want(t.node, at, t.name)
	return nil
}

// enter is the surroundings of a schema in another resource that speaks of the
// same value.
func (r *reader) enter(res *resource) where {
	at := r.at
	if res != at.res {
		at.res = res
		at.scope = r.b.extend(at.scope, res)
	}
	return at
}

// same is a subschema for the same value.
func (r *reader) same(n *yaml.Node) ID { return r.b.want(n, r.at, "") }

// part is a subschema for a part of the value.
func (r *reader) part(n *yaml.Node) ID {
	at := r.at
	at.plain, at.exempt = false, ""
	return r.b.want(n, at, "")
}

func (r *reader) partOf(keyword string) (ID, error) {
	n := r.get(keyword)
	if n == nil {
		return None, nil
	}
	if n.Kind == yaml.Array && keyword == "items" {
		return None, &Error{
			Pos:    n.Pos,
			Msg:    "`items` must be one schema, this is an array of them",
			Remedy: "write `prefixItems` for a tuple (OpenAPI 3.1), or one schema",
		}
	}
	return r.part(n), nil
}

func (r *reader) sameList(keyword string) ([]ID, error) {
	n := r.get(keyword)
	if n == nil {
		return nil, nil
	}
	if n.Kind != yaml.Array || len(n.Items) == 0 {
		return nil, r.bad(n, keyword, "an array of at least one schema")
	}
	out := make([]ID, len(n.Items))
	for i, item := range n.Items {
		out[i] = r.same(item)
	}
	return out, nil
}

// count reads a keyword that is a number of things.
func (r *reader) count(keyword string, fallback int) (int, error) {
	n := r.assertion(keyword)
	if n == nil {
		return fallback, nil
	}
	if n.Kind == yaml.Number {
		d := parseDecimal([]byte(n.Text))
		if d.integer() && !d.neg {
			if d.exp > 9 {
				return math.MaxInt32, nil
			}
			if v, err := strconv.ParseFloat(n.Text, 64); err == nil {
				return int(v), nil
			}
		}
	}
	return 0, r.bad(n, keyword, "a whole number, 0 or more")
}

// common reads type, nullable, enum, const, $ref and if it is dynamic.
func (r *reader) common() error {
	if err := r.types(); err != nil {
		return err
	}
	if r.at.dialect == OpenAPI30 {
		if n := r.get("nullable"); n != nil {
			if n.Kind != yaml.Bool {
				return r.bad(n, "nullable", "true or false")
			}
			r.f.nullable = n.Text == "true"
		}
	}
	if n := r.assertion("enum"); n != nil {
		if n.Kind != yaml.Array {
			return r.bad(n, "enum", "an array")
		}
		r.f.enum = make([]constant, 0, len(n.Items))
		for _, item := range n.Items {
			r.f.enum = append(r.f.enum, newConstant(item))
		}
	}
	if r.at.dialect == OpenAPI30 {
		return nil
	}
	if n := r.assertion("const"); n != nil {
		c := newConstant(n)
		r.f.constant = &c
	}
	if ref := r.get("$ref"); ref != nil {
		if err := r.reference(ref, false); err != nil {
			return err
		}
	}
	if ref := r.get("$dynamicRef"); ref != nil {
		static := r.f.ref
		if err := r.reference(ref, true); err != nil {
			return err
		}
		if static != None {
			r.f.allOf = append(r.f.allOf, static)
		}
	}
	return r.recursive()
}

// recursive reads $recursiveRef of JSON Schema 2019-09. The later dialects do
// not have it; descriptions of today still do, and mean the schema around it
// that carries $recursiveAnchor.
func (r *reader) recursive() error {
	n := r.get("$recursiveRef")
	if n == nil {
		return nil
	}
	if r.at.around == nil || text(n) != "#" || r.f.ref != None {
		return &Unsupported{Pos: n.Pos, What: "`$recursiveRef`, of JSON Schema 2019-09,"}
	}
	at := r.at
	at.around = nil
	r.f.ref = r.b.want(r.at.around, at, "")
	return nil
}

func newConstant(n *yaml.Node) constant {
	c := constant{json: string(appendNode(nil, n))}
	switch n.Kind {
	case yaml.Null:
		c.kind = tape.Null
	case yaml.Bool:
		c.kind = tape.Bool
	case yaml.Number:
		c.kind = tape.Number
		c.num = parseDecimal([]byte(c.json))
	case yaml.String:
		c.kind, c.text = tape.String, n.Text
	default:
		c.kind = tape.Array
		if n.Kind == yaml.Object {
			c.kind = tape.Object
		}
		c.tape = new(tape.Tape)
		if err := tape.Parse(c.tape, []byte(c.json), tape.Limits{}); err != nil {
			panic("schema: " + err.Error()) // appendNode writes sound JSON
		}
	}
	return c
}

// appendNode writes a node as JSON.
func appendNode(dst []byte, n *yaml.Node) []byte {
	switch n.Kind {
	case yaml.Null:
		return append(dst, "null"...)
	case yaml.Bool, yaml.Number:
		return append(dst, n.Text...)
	case yaml.String:
		return tape.AppendQuoted(dst, n.Text)
	case yaml.Array:
		dst = append(dst, '[')
		for i, item := range n.Items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendNode(dst, item)
		}
		return append(dst, ']')
	}
	dst = append(dst, '{')
	for i := range n.Members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(tape.AppendQuoted(dst, n.Members[i].Key), ':')
		dst = appendNode(dst, n.Members[i].Value)
	}
	return append(dst, '}')
}

func (r *reader) types() error {
	n := r.assertion("type")
	if n == nil {
		return nil
	}
	names := n.Items
	switch {
	case n.Kind == yaml.String:
		names = []*yaml.Node{n}
	case n.Kind == yaml.Array && r.at.dialect == OpenAPI30:
		return &Error{
			Pos:    n.Pos,
			Msg:    "`type` must be one name in OpenAPI 3.0, this is an array",
			Remedy: "write one type and `nullable: true`, or say `openapi: 3.1.0`",
		}
	case n.Kind != yaml.Array || len(names) == 0:
		return r.bad(n, "type", "the name of a type")
	}
	r.f.types = 0
	for _, name := range names {
		bit, ok := typeBit(text(name))
		if !ok || bit == NullType && r.at.dialect == OpenAPI30 {
			known := "string, number, integer, boolean, array, object"
			if r.at.dialect == JSONSchema202012 {
				known += ", null"
			}
			return &Error{
				Pos:    name.Pos,
				Msg:    kindWords(name) + " is not a type",
				Remedy: "write one of " + known,
			}
		}
		r.f.types |= bit
	}
	return nil
}

func typeBit(name string) (Types, bool) {
	i := slices.Index(typeNames[:], name)
	switch {
	case i < 0:
		return 0, false
	case name == "number":
		return NumberType | IntegerType, true
	}
	return 1 << i, true
}

// elsewhere are keywords that assert something in one dialect and mean nothing
// in OpenAPI 3.0. An author who writes them there expects them to be checked.
var elsewhere = [...]string{
	"const", "contains", "minContains", "maxContains", "prefixItems", "patternProperties", "propertyNames",
	"dependentRequired", "dependentSchemas", "dependencies", "if", "unevaluatedItems", "unevaluatedProperties",
	"$dynamicRef", "$recursiveRef",
}

// foreign refuses to pass over what the dialect does not know and the author
// meant to be checked.
func (r *reader) foreign() error {
	if r.at.dialect == OpenAPI30 {
		for _, keyword := range elsewhere {
			if n := r.get(keyword); n != nil {
				return &Unsupported{Pos: n.Pos, What: "`" + keyword + "` in OpenAPI 3.0, which does not have it,"}
			}
		}
		return nil
	}
	for _, keyword := range [...]string{"dependencies", "additionalItems"} {
		if n := r.get(keyword); n != nil && keyword == "additionalItems" && r.get("prefixItems") != nil {
			return &Unsupported{Pos: n.Pos, What: "`" + keyword + "`, which JSON Schema 2020-12 does not have,"}
		}
	}
	return nil
}

func (r *reader) number(keyword string) (*yaml.Node, decimal, error) {
	n := r.assertion(keyword)
	if n == nil {
		return nil, decimal{}, nil
	}
	if n.Kind != yaml.Number {
		return nil, decimal{}, r.bad(n, keyword, "a number")
	}
	return n, parseDecimal([]byte(n.Text)), nil
}

func (r *reader) numbers() error {
	var rule numRule
	for _, keyword := range [...]string{"minimum", "maximum"} {
		n, d, err := r.number(keyword)
		if err != nil {
			return err
		}
		exclusive := "exclusive" + strings.ToUpper(keyword[:1]) + keyword[1:]
		if r.at.dialect == OpenAPI30 {
			flag := r.get(exclusive)
			if flag != nil && flag.Kind != yaml.Bool {
				return &Error{
					Pos:    flag.Pos,
					Msg:    "`" + exclusive + "` must be true or false in OpenAPI 3.0, this is " + kindWords(flag),
					Remedy: "write `" + keyword + "` with the number and `" + exclusive + ": true`",
				}
			}
			if n != nil && flag != nil && flag.Text == "true" {
				rule.bounds = append(rule.bounds, bound{exclusive, d, n.Text})
				continue
			}
		}
		if n != nil {
			rule.bounds = append(rule.bounds, bound{keyword, d, n.Text})
		}
		if r.at.dialect == OpenAPI30 {
			continue
		}
		n, d, err = r.number(exclusive)
		if err != nil {
			return err
		}
		if n != nil {
			rule.bounds = append(rule.bounds, bound{exclusive, d, n.Text})
		}
	}
	n, d, err := r.number("multipleOf")
	if err != nil {
		return err
	}
	if n != nil {
		if d.sign() <= 0 {
			return r.bad(n, "multipleOf", "a number above 0")
		}
		ok := false
		if rule.divisor, ok = newDivisor(&d); !ok {
			return &Unsupported{Pos: n.Pos, What: "`multipleOf` with more than 19 digits"}
		}
		rule.step = n.Text
	}
	if !r.b.opts.AnnotateFormats {
		rule.ranged(text(r.assertion("format")))
	}
	if len(rule.bounds) > 0 || rule.divisor.mantissa > 0 || rule.format != "" {
		r.f.num = &rule
	}
	return nil
}

// numericFormats are the ranges of the OpenAPI format registry.
var numericFormats = map[string]struct {
	least, most string
	whole       bool
}{
	"int8":   {"-128", "127", true},
	"int16":  {"-32768", "32767", true},
	"int32":  {"-2147483648", "2147483647", true},
	"int64":  {"-9223372036854775808", "9223372036854775807", true},
	"uint8":  {"0", "255", true},
	"uint16": {"0", "65535", true},
	"uint32": {"0", "4294967295", true},
	"uint64": {"0", "18446744073709551615", true},
	"float":  {"-3.4028235677973366e38", "3.4028235677973366e38", false},
	"double": {"-1.7976931348623158e308", "1.7976931348623158e308", false},
}

func (rule *numRule) ranged(name string) {
	f, ok := numericFormats[name]
	if !ok {
		return
	}
	least, most := parseDecimal([]byte(f.least)), parseDecimal([]byte(f.most))
	rule.format, rule.least, rule.most, rule.whole = name, &least, &most, f.whole
}

func (r *reader) strings() error {
	rule := strRule{max: -1}
	var err error
	if rule.min, err = r.count("minLength", 0); err != nil {
		return err
	}
	if rule.max, err = r.count("maxLength", -1); err != nil {
		return err
	}
	if n := r.assertion("pattern"); n != nil {
		if n.Kind != yaml.String {
			return r.bad(n, "pattern", "a string")
		}
		if rule.pattern, err = r.pattern(n.Pos, n.Text); err != nil {
			return err
		}
	}
	if n := r.assertion("format"); n != nil && !r.b.opts.AnnotateFormats {
		rule.name = text(n)
		rule.format = formats[rule.name]
	}
	if rule.min > 0 || rule.max >= 0 || rule.pattern != nil || rule.format != nil {
		r.f.str = &rule
	}
	return nil
}

func (r *reader) pattern(pos yaml.Pos, text string) (*pattern, error) {
	p, err := newPattern(text)
	if err != nil {
		return nil, &Error{
			Pos:    pos,
			Msg:    "the pattern is not a regular expression: " + err.Error(),
			Remedy: "write a regular expression of JavaScript",
		}
	}
	return p, nil
}

func (r *reader) arrays() error {
	rule := arrRule{items: None, contains: None, minContains: 1, maxContains: -1, max: -1}
	var err error
	if rule.min, err = r.count("minItems", 0); err != nil {
		return err
	}
	if rule.max, err = r.count("maxItems", -1); err != nil {
		return err
	}
	if n := r.assertion("uniqueItems"); n != nil {
		if n.Kind != yaml.Bool {
			return r.bad(n, "uniqueItems", "true or false")
		}
		rule.unique = n.Text == "true"
	}
	if rule.items, err = r.partOf("items"); err != nil {
		return err
	}
	if r.at.dialect == JSONSchema202012 {
		if err := r.arrays2020(&rule); err != nil {
			return err
		}
	}
	said := rule.items != None || rule.contains != None || len(rule.prefix) > 0 || rule.unique || rule.min > 0 || rule.max >= 0
	if said {
		r.f.arr = &rule
	}
	return nil
}

func (r *reader) arrays2020(rule *arrRule) error {
	if n := r.get("prefixItems"); n != nil {
		if n.Kind != yaml.Array {
			return r.bad(n, "prefixItems", "an array of schemas")
		}
		for _, item := range n.Items {
			rule.prefix = append(rule.prefix, r.part(item))
		}
	}
	var err error
	if rule.contains, err = r.partOf("contains"); err != nil {
		return err
	}
	if rule.minContains, err = r.count("minContains", 1); err != nil {
		return err
	}
	if rule.maxContains, err = r.count("maxContains", -1); err != nil {
		return err
	}
	r.f.unevaluatedArr, err = r.partOf("unevaluatedItems")
	return err
}

// combined reads the keywords that combine schemas.
func (r *reader) combined() error {
	var err error
	if err = r.discriminator(); err != nil {
		return err
	}
	if r.f.anyOf, err = r.sameList("anyOf"); err != nil {
		return err
	}
	if r.f.oneOf, err = r.sameList("oneOf"); err != nil {
		return err
	}
	if n := r.get("not"); n != nil {
		r.f.not = r.same(n)
	}
	if r.at.dialect == JSONSchema202012 {
		if n := r.get("if"); n != nil {
			r.f.when = r.same(n)
			if n := r.get("then"); n != nil {
				r.f.yes = r.same(n)
			}
			if n := r.get("else"); n != nil {
				r.f.no = r.same(n)
			}
		}
	}
	return r.all()
}

// all reads allOf. Its members are parts of one object: a property that is not
// required for its readOnly in one of them is not required in the others, and
// the discriminator of a base does not pick again.
func (r *reader) all() error {
	n := r.get("allOf")
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Array || len(n.Items) == 0 {
		return r.bad(n, "allOf", "an array of at least one schema")
	}
	at := r.at
	at.plain = true
	at.exempt = r.exemptions(r.at.exempt)
	for _, item := range n.Items {
		r.f.allOf = append(r.f.allOf, r.b.want(item, at, ""))
	}
	return nil
}
