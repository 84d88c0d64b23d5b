package schema

import (
	"github.com/faultline-http/faultline/contract/internal/snapshot"
)

// Code writes the program, or reads one into an empty Program. What can be made
// of a text again (patterns, formats, numbers) is kept as the text.
func (p *Program) Code(c *snapshot.Coder) {
	p.opts.code(c)
	snapshot.List(c, &p.forms, func(c *snapshot.Coder, f *form) { f.code(c) })
	if c.Reading() {
		p.verdict = &verdict{}
	}
	p.codeVerdict(c)
	if c.Reading() && !c.Failed() {
		p.verdict.link()
		p.ready()
	}
}

func (o *Options) code(c *snapshot.Coder) {
	snapshot.Int(c, &o.MaxDepth)
	snapshot.Int(c, &o.MaxBytes)
	c.Bool(&o.AnnotateFormats)
	c.Bool(&o.CloseObjects)
	c.Bool(&o.AssertContent)
	c.Bool(&o.Standard)
}

func (f *form) code(c *snapshot.Coder) {
	f.places.code(c)
	c.Text(&f.name)
	snapshot.Int(c, &f.dir)
	c.Bool(&f.never)
	c.Bool(&f.nullable)
	snapshot.Int(c, &f.types)
	snapshot.List(c, &f.enum, codeConstant)
	if c.Reading() {
		f.among = indexEnum(f.enum)
	}
	snapshot.Pointer(c, &f.constant, codeConstant)
	snapshot.Pointer(c, &f.num, codeNumRule)
	snapshot.Pointer(c, &f.str, codeStrRule)
	snapshot.Pointer(c, &f.arr, codeArrRule)
	snapshot.Pointer(c, &f.obj, codeObjRule)
	snapshot.Int(c, &f.ref)
	snapshot.Ints(c, &f.allOf)
	snapshot.Ints(c, &f.anyOf)
	snapshot.Ints(c, &f.oneOf)
	snapshot.Int(c, &f.not)
	snapshot.Int(c, &f.when)
	snapshot.Int(c, &f.yes)
	snapshot.Int(c, &f.no)
	snapshot.Pointer(c, &f.disc, codeDiscriminator)
	snapshot.Int(c, &f.unevaluated)
	snapshot.Int(c, &f.unevaluatedArr)
	snapshot.Pointer(c, &f.xml, func(c *snapshot.Coder, x *XML) {
		c.Text(&x.Name)
		c.Text(&x.Namespace)
		c.Text(&x.Prefix)
		c.Text(&x.Node)
		c.Text(&x.Component)
	})
}

func (p *places) code(c *snapshot.Coder) {
	c.Text(&p.pos.File)
	snapshot.Int(c, &p.pos.Line)
	snapshot.Int(c, &p.pos.Column)
	snapshot.List(c, &p.keywords, func(c *snapshot.Coder, k *keywordPlace) {
		c.Text(&k.keyword)
		snapshot.Int(c, &k.line)
		snapshot.Int(c, &k.column)
	})
}

func codeDiscriminator(c *snapshot.Coder, d *discriminator) {
	c.Text(&d.property)
	snapshot.Map(c, &d.branches, (*snapshot.Coder).Text, snapshot.Int[ID])
	snapshot.Texts(c, &d.order)
	c.Bool(&d.base)
	snapshot.Int(c, &d.other)
	c.Bool(&d.strict)
}
