package contract

import (
	"errors"
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract/internal/route"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/contract/internal/snapshot"
)

// snapshotVersion changes with what a snapshot holds.
const snapshotVersion = "2"

// ErrSnapshot is the error of Restore about bytes that are damaged or were made
// by another version of the package.
var ErrSnapshot = errors.New("the snapshot of the contract is damaged or of another version")

// Snapshot returns the compiled contract as bytes, from which Restore makes the
// same contract in a fraction of the time that Load takes. They are meant for
// the same build of the program, as a cache: keep the description itself.
func (c *Contract) Snapshot() []byte {
	w := snapshot.NewWriter()
	c.code(w)
	return w.Bytes(snapshotVersion)
}

// Restore makes a contract of what Snapshot returned. The bytes are checked for
// damage, not for malice: take them from nobody who may not change the program.
func Restore(data []byte) (*Contract, error) {
	r, err := snapshot.NewReader(data, snapshotVersion)
	if err != nil {
		return nil, ErrSnapshot
	}
	c := &Contract{router: new(route.Router), program: new(schema.Program)}
	c.code(r)
	if r.Done() != nil {
		return nil, ErrSnapshot
	}
	c.compileXML()
	return c, nil
}

func (c *Contract) code(s *snapshot.Coder) {
	c.codeHead(s)
	c.router.Code(s)
	c.program.Code(s)
	c.codeOperations(s)
	snapshot.List(s, &c.webhooks, func(s *snapshot.Coder, w *webhook) {
		s.Text(&w.name)
		if s.Reading() {
			w.op = &Operation{contract: c}
		}
		w.op.code(s)
	})
}

func (c *Contract) codeHead(s *snapshot.Coder) {
	s.Text(&c.file)
	s.Text(&c.title)
	s.Text(&c.version)
	snapshot.List(s, &c.servers, codeServer)
	snapshot.List(s, &c.hosts, func(s *snapshot.Coder, h *hostPattern) { snapshot.Texts(s, (*[]string)(h)) })
	snapshot.List(s, &c.notices, codeNotice)
	snapshot.Map(s, &c.names, snapshot.Int[schema.ID], (*snapshot.Coder).Text)
	snapshot.Int(s, &c.anything)
	s.Bool(&c.strict)
}

// codeOperations codes the operations, and then which of them are variants of
// which.
func (c *Contract) codeOperations(s *snapshot.Coder) {
	snapshot.List(s, &c.ops, func(s *snapshot.Coder, op **Operation) {
		if s.Reading() {
			*op = &Operation{contract: c}
		}
		(*op).code(s)
	})
	for _, op := range c.ops {
		var numbers []int
		for _, v := range op.variants {
			numbers = append(numbers, slices.Index(c.ops, v))
		}
		snapshot.Ints(s, &numbers)
		if !s.Reading() {
			continue
		}
		for _, n := range numbers {
			if n < 0 || n >= len(c.ops) {
				s.Fail()
				return
			}
			op.variants = append(op.variants, c.ops[n])
		}
	}
}

func (op *Operation) code(s *snapshot.Coder) {
	s.Text(&op.ID)
	s.Text(&op.Method)
	s.Text(&op.Template)
	codeSource(s, &op.Source)
	s.Text(&op.query)
	s.Text(&op.unverified)
	snapshot.List(s, &op.params, codeParameter)
	snapshot.Pointer(s, &op.body, codeRequestBody)
	s.Bool(&op.ignoresBody)
	snapshot.List(s, &op.responses, codeResponse)
	codeSource(s, &op.security.source)
	snapshot.List(s, &op.security.sets, func(s *snapshot.Coder, set *[]SecurityScheme) {
		snapshot.List(s, set, codeScheme)
	})
	s.Bool(&op.called)
	op.codeCallbacks(s)
}

func (op *Operation) codeCallbacks(s *snapshot.Coder) {
	snapshot.List(s, &op.callbacks, func(s *snapshot.Coder, cb *Callback) {
		s.Text(&cb.Name)
		s.Text(&cb.Expression)
		if s.Reading() {
			cb.Operation = &Operation{contract: op.contract}
		}
		cb.Operation.code(s)
	})
}

func codeLink(s *snapshot.Coder, v *Link) {
	s.Text(&v.Name)
	s.Text(&v.Operation)
	snapshot.List(s, &v.Parameters, func(s *snapshot.Coder, p *LinkParameter) {
		s.Text((*string)(&p.In))
		s.Text(&p.Name)
		s.Text(&p.Expression)
		s.Text(&p.Value)
	})
	s.Text(&v.Body)
	codeSource(s, &v.Source)
}

func codeSource(s *snapshot.Coder, v *faultline.Source) {
	s.Text(&v.File)
	snapshot.Int(s, &v.Line)
	snapshot.Int(s, &v.Column)
}

func codeServer(s *snapshot.Coder, v *Server) {
	s.Text(&v.URL)
	snapshot.Texts(s, &v.Hosts)
	snapshot.Texts(s, &v.Bases)
}

func codeNotice(s *snapshot.Coder, v *Notice) {
	codeSource(s, &v.Source)
	s.Text(&v.Rule)
	s.Text(&v.Text)
	s.Text(&v.Remedy)
	s.Text(&v.Operation)
}

func codeParameter(s *snapshot.Coder, v *parameter) {
	s.Text(&v.name)
	s.Text((*string)(&v.in))
	s.Bool(&v.required)
	snapshot.Int(s, &v.style)
	s.Bool(&v.explode)
	s.Bool(&v.allowEmpty)
	snapshot.Int(s, &v.id)
	snapshot.Int(s, &v.types)
	codeSource(s, &v.source)
	s.Bool(&v.allowReserved)
	s.Bool(&v.whole)
	snapshot.Int(s, &v.how)
	snapshot.Pointer(s, &v.content, codeMedia)
}

func codeRequestBody(s *snapshot.Coder, v *requestBody) {
	s.Bool(&v.required)
	snapshot.List(s, &v.media, codeMedia)
	codeSource(s, &v.source)
}

func codeMedia(s *snapshot.Coder, v *media) {
	s.Text(&v.name)
	s.Text(&v.typ)
	s.Text(&v.sub)
	snapshot.List(s, &v.params, func(s *snapshot.Coder, p *mediaParameter) {
		s.Text(&p.name)
		s.Text(&p.value)
	})
	snapshot.Int(s, &v.how)
	s.Text(&v.why)
	snapshot.Int(s, &v.id)
	snapshot.Int(s, &v.item)
	s.Bool(&v.whole)
	snapshot.Int(s, &v.types)
	snapshot.Map(s, &v.fields, (*snapshot.Coder).Text, codeEncoding)
	snapshot.Texts(s, &v.spread)
	snapshot.List(s, &v.prefix, codeEncoding)
	snapshot.Pointer(s, &v.rest, codeEncoding)
	s.Bool(&v.anySchema)
	codeSource(s, &v.source)
}

func codeEncoding(s *snapshot.Coder, e *encoding) {
	snapshot.Int(s, &e.style)
	s.Bool(&e.explode)
	s.Bool(&e.styled)
	snapshot.Texts(s, &e.contentType)
	snapshot.List(s, &e.headers, codeParameter)
	codeSource(s, &e.source)
}

func codeResponse(s *snapshot.Coder, v *response) {
	snapshot.Int(s, &v.status)
	snapshot.List(s, &v.media, codeMedia)
	snapshot.List(s, &v.headers, codeParameter)
	snapshot.List(s, &v.links, codeLink)
	codeSource(s, &v.source)
}

func codeScheme(s *snapshot.Coder, v *SecurityScheme) {
	s.Text(&v.Name)
	s.Text(&v.Type)
	s.Text(&v.Scheme)
	s.Text((*string)(&v.In))
	s.Text(&v.Field)
	s.Text(&v.BearerFormat)
	snapshot.Texts(s, &v.Scopes)
	s.Text(&v.Issuer)
	s.Text(&v.Audience)
	codeSource(s, &v.Source)
}
