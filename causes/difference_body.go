package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/tape"
)

// body compares the shape of two bodies: which members there are, and of what
// type. Elements of an array are taken for alike.
func (x *comparison) body() {
	here, there := x.here.body(), x.there.body()
	if there.format == noBody {
		return
	}
	if here.format == noBody {
		x.add(difference{
			slug: "body.missing", at: faultline.AtBody("", faultline.Span{}), what: "the body", name: "body", was: "sent", is: "absent",
			remedy: "send a body as the call that succeeded does", weight: tellsStructure,
		})
		return
	}
	if here.format != there.format || len(here.fields()) == 0 || len(there.fields()) == 0 {
		return
	}
	known, sent := shapesOf(there.fields()), shapesOf(here.fields())
	for i := range there.fields() {
		f := &there.fields()[i]
		shape := shapeOf(f.steps)
		if known[shape] == f && sent[shape] == nil && sent[parentShape(shape)] != nil {
			x.add(difference{
				slug: "body.missing-field", at: faultline.AtBody(f.pointer(), faultline.Span{}), what: "the field `" + short(f.name()) + "`", name: f.name(),
				was: f.kind, is: "absent", remedy: "add `" + short(f.name()) + "`, " + article(f.kind), weight: tellsStructure,
			})
		}
	}
	for i := range here.fields() {
		f := &here.fields()[i]
		shape := shapeOf(f.steps)
		if twin := known[shape]; twin != nil {
			x.bodyField(twin, f)
		} else if known[parentShape(shape)] != nil && len(f.steps) > 0 && !index(f.name()) {
			x.add(difference{
				slug: "body.unknown-field", at: faultline.AtBody(f.pointer(), x.here.placedKey(f.key)), what: "the field `" + short(f.name()) + "`", name: f.name(), was: "absent", is: f.kind,
				remedy: "leave `" + short(f.name()) + "` out", weight: tellsStructure,
			})
		}
	}
}

func (x *comparison) bodyField(was, is *reqField) {
	d := difference{at: faultline.AtBody(is.pointer(), x.here.placed(is.span)), what: "the field `" + short(is.name()) + "`", name: is.name(), was: was.kind, is: is.kind, weight: tellsStructure}
	switch {
	case was.kind != is.kind && is.kind == tape.Null.String():
		d.slug, d.remedy = "body.null", "send "+article(was.kind)+", or leave the field out"
	case was.kind == tape.Null.String():
		return
	case was.kind != is.kind:
		d.slug, d.remedy, d.patch = "body.type", "send "+article(was.kind), unquoted(was, is)
	case was.text == is.text || was.kind != tape.String.String():
		return
	case strings.EqualFold(was.text, is.text):
		d.slug, d.was, d.is, d.weight = "body.value", "in another case", "spelt so", tellsSpelling
		d.remedy = "spell the value as the call that succeeded does"
	case wireType(was.text) != wireType(is.text):
		d.slug, d.was, d.is, d.weight = "body.value", wireType(was.text), wireType(is.text), tellsSpelling
		d.remedy = "send " + article(wireType(was.text))
	default:
		d.slug, d.was, d.is, d.weight = "body.value", "another value", "this value", tellsValue
		d.remedy = "try the value of the call that succeeded"
	}
	x.add(d)
}

// unquoted is the edit for a number or a boolean that was sent as text.
func unquoted(was, is *reqField) []faultline.Edit {
	if is.kind != tape.String.String() || wireType(is.text) != was.kind || !tape.Valid([]byte(is.text)) {
		return nil
	}
	return []faultline.Edit{{Op: "replace", In: faultline.InBody, Path: is.pointer(), Value: is.text}}
}

// shapesOf leads from the shape of a path to the first field that has it.
func shapesOf(fields []reqField) map[string]*reqField {
	out := make(map[string]*reqField, len(fields))
	for i := range fields {
		shape := shapeOf(fields[i].steps)
		if out[shape] == nil {
			out[shape] = &fields[i]
		}
	}
	return out
}

// shapeOf is the pointer of a field with every index starred.
func shapeOf(steps []string) string {
	var b strings.Builder
	for _, s := range steps {
		b.WriteByte('/')
		if index(s) {
			s = "*"
		}
		b.WriteString(faultline.EscapePointer(s))
	}
	return b.String()
}

func parentShape(shape string) string {
	if i := strings.LastIndexByte(shape, '/'); i >= 0 {
		return shape[:i]
	}
	return "-" // the root has none
}

func index(step string) bool { return step != "" && strings.Trim(step, "0123456789") == "" }
