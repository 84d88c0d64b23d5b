package contract

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/faultline-http/faultline/contract/internal/route"
	"github.com/faultline-http/faultline/contract/internal/schema"
	"github.com/faultline-http/faultline/internal/yaml"
)

func newLoader(fsys fs.FS, name string, o Options) *loader {
	o.Limits = o.Limits.withDefaults()
	return &loader{
		options: o,
		limits:  o.Limits,
		docs:    newDocuments(fsys, o),
		ids:     map[string]*Operation{},
		schemes: map[string]*declaredScheme{},
		known:   map[string]bool{},
		nodes:   map[*yaml.Node]*Operation{},
		checked: map[*yaml.Node]bool{},
		params:  map[paramKey]int{},
		c:       &Contract{file: name, names: map[schema.ID]string{}, strict: o.Strict},
	}
}

// loader is what is needed while a contract is read.
type loader struct {
	options Options
	limits  Limits
	docs    *documents
	root    *yaml.Node
	v31     bool     // or later
	v32     bool     // or later
	old     *swagger // of OpenAPI 2.0; nil for later ones
	dialect schema.Dialect
	schemas *schema.Builder
	routes  route.Builder
	c       *Contract

	ids     map[string]*Operation
	all     []*Operation              // those of webhooks and callbacks included
	nodes   map[*yaml.Node]*Operation // the first that was read from each
	calling []*yaml.Node              // callbacks that are being read
	links   []pendingLink

	schemes     map[string]*declaredScheme
	security    requirements // of the document
	securityErr error        // why they cannot be read

	offered []Server        // of the document
	hosts   []string        // of all servers
	known   map[string]bool // hosts
	anyHost bool            // a server without a host of its own

	params  map[paramKey]int    // of the operation that is being read, by their number
	checked map[*yaml.Node]bool // schemas whose references lead somewhere
	any     *yaml.Node          // the schema that takes every value

	op      *Operation // that is being read
	notices []Notice   // that leave their operation verified
}

func (l *loader) load(name string) error {
	doc, err := l.docs.open(name, yaml.Pos{})
	if err != nil {
		return err
	}
	l.root = doc.root
	if err := l.head(name); err != nil {
		return err
	}
	l.schemas = schema.NewBuilder(resolver{l.docs}, schema.Options{
		MaxDepth:        l.limits.BodyNesting,
		MaxBytes:        l.limits.BodyBytes,
		AnnotateFormats: l.options.AnnotateFormats,
		CloseObjects:    l.options.Strict,
	})
	if l.c.anything, err = l.schema(l.anyJSON(doc.root.Pos), schema.Request); err != nil {
		return err
	}
	l.readSchemes()
	l.security, l.securityErr = l.readSecurity(l.root.Get("security"))
	if err := l.readServers(); err != nil {
		return err
	}
	if err := l.readPaths(); err != nil {
		return err
	}
	if err := l.readWebhooks(); err != nil {
		return err
	}
	l.settleLinks()
	l.noticeUnusedRefs()
	l.noticeNames()
	l.finish()
	return nil
}

func (l *loader) finish() {
	l.c.program = l.schemas.Finish()
	l.c.router = l.routes.Router()
	for _, op := range l.all {
		op.compile(l.c.program)
	}
	for _, n := range l.schemas.Notices() {
		l.tolerate(n.Pos, n.Rule, n.Msg, n.Remedy)
	}
	l.noticeStyles()
	l.c.notices = append(l.c.notices, l.notices...)
	l.c.compileXML()
	if l.anyHost {
		return
	}
	for _, host := range l.hosts {
		l.c.hosts = append(l.c.hosts, newHostPattern(host))
	}
}

// head reads what kind of document it is and what it is called.
func (l *loader) head(name string) error {
	if l.root.Kind != yaml.Object {
		return l.docs.fail(l.root.Pos, "the document is not an OpenAPI description: it is no object", beginsWith)
	}
	if err := l.readVersion(); err != nil {
		return err
	}
	info := l.root.Get("info")
	switch {
	case info == nil:
		l.tolerate(l.root.Pos, "info", "the description has no `info`", "add `info` with `title` and `version`")
	case info.Kind != yaml.Object:
		l.tolerate(info.Pos, "info", "`info` is no object", "write an object with `title` and `version`")
	default:
		l.c.title = l.infoText(info, "title")
		l.c.version = l.infoText(info, "version")
	}
	return nil
}

// infoText returns a text of info. A version that is written without quotes is
// a number to YAML; its spelling is what was meant.
func (l *loader) infoText(info *yaml.Node, key string) string {
	n := info.Get(key)
	switch {
	case n == nil || n.Kind == yaml.Null:
		l.tolerate(info.Pos, "info-"+key, fmt.Sprintf("`info` has no `%s`", key), fmt.Sprintf("add `%s`", key))
		return ""
	case n.Kind != yaml.String:
		l.tolerate(n.Pos, "string-quoted", fmt.Sprintf("`info.%s` should be a string: put `%s` in quotes", key, n.Text), fmt.Sprintf("write '%s'", n.Text))
	}
	return n.Text
}

func (l *loader) readServers() error {
	root := l.root
	if l.old != nil {
		root = l.old.withServers(root)
	}
	servers, ok, err := l.servers(root)
	if err != nil {
		return err
	}
	if !ok { // OpenAPI 3.1.0, section 4.8.1: the default is one server with the URL /
		servers = []Server{{URL: "/", Bases: []string{""}}}
	}
	l.c.servers, l.offered = servers, servers
	return nil
}

// giveUp makes the operation that is being read unverified.
func (l *loader) giveUp(at yaml.Pos, what, remedy string) {
	if l.op == nil {
		l.tolerate(at, unverified, what, remedy)
		return
	}
	if l.op.unverified == "" {
		l.op.unverified = fmt.Sprintf("%s (%s:%d)", what, at.File, at.Line)
	}
	if len(l.c.notices) < l.limits.Notices {
		l.c.notices = append(l.c.notices, Notice{Source: source(at), Rule: unverified, Text: what, Remedy: remedy, Operation: l.op.ID})
	}
}

// settle turns an error about a part of an operation that is broken, or about
// something that is not supported, into a notice and an unverified operation,
// and returns every other error: a file that cannot be read, or a limit.
func (l *loader) settle(err error) error {
	var ours *unsupportedError
	var theirs *schema.Unsupported
	var broken *schema.Error
	var wrong *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ours):
		l.giveUp(ours.at.pos(), ours.at.Msg, ours.at.Remedy)
		return nil
	case errors.As(err, &theirs):
		l.giveUp(theirs.Pos, theirs.What+" is not supported", "")
		return nil
	case errors.As(err, &broken):
		l.giveUp(broken.Pos, broken.Msg, broken.Remedy)
		return nil
	case errors.As(err, &wrong) && !wrong.fatal && l.op != nil:
		l.giveUp(wrong.pos(), wrong.Msg, wrong.Remedy)
		return nil
	}
	return err
}

// refusal gives every error of loading the form that Load promises.
func (l *loader) refusal(err error) *Error {
	var ours *Error
	var remote *unsupportedError
	if errors.As(err, &remote) {
		ours = remote.at
	} else if !errors.As(err, &ours) {
		return &Error{File: l.c.file, Msg: err.Error(), err: err}
	}
	ours.Text = l.docs.line(ours.pos())
	return ours
}

// resolver lets schemas refer to the files of the contract.
type resolver struct{ docs *documents }

// Document implements [schema.Resolver].
func (r resolver) Document(base, uri string) (*yaml.Node, error) {
	at := yaml.Pos{File: base}
	n, err := r.docs.resolve(uri, at)
	var remote *unsupportedError
	if errors.As(err, &remote) {
		return nil, &schema.Unsupported{Pos: at, What: "a reference out of the files of the contract"}
	}
	var ours *Error
	if errors.As(err, &ours) && ours.File == base && ours.Line == 0 {
		return nil, errors.New(ours.Msg)
	}
	return n, err
}
