package contract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/route"
	"github.com/faultline-http/faultline/internal/yaml"
)

// documents are the documents of one contract, read when a reference first
// leads to them. Files are known by their name, others by their URI.
type documents struct {
	fsys      fs.FS
	fetch     func(uri string) ([]byte, error) // Options.Resolve
	limits    Limits
	known     map[string]*document
	addresses map[string]string // names of documents by their $self
	total     int
	remedies  map[missingKey]string

	identified map[string]*yaml.Node // schemas by their $id
}

type document struct {
	raw     []byte
	root    *yaml.Node
	err     error                 // why there is no root
	self    string                // $self, by which it is known and from which its references go
	anchors map[string]*yaml.Node // by $anchor and $dynamicAnchor; filled at the first question
}

func newDocuments(fsys fs.FS, o Options) *documents {
	return &documents{fsys: fsys, fetch: o.Resolve, limits: o.Limits, known: map[string]*document{}, addresses: map[string]string{}, remedies: map[missingKey]string{}, identified: map[string]*yaml.Node{}}
}

// open reads and parses a document. at is where it is referred to, or the zero
// place for the first one.
func (d *documents) open(name string, at yaml.Pos) (*document, error) {
	if doc, ok := d.known[name]; ok {
		return doc, doc.err
	}
	if len(d.known) >= d.limits.Documents {
		return nil, d.refuse(at, fmt.Sprintf("the contract has more than %d files", d.limits.Documents), "")
	}
	doc := &document{}
	d.known[name] = doc
	doc.err = d.load(doc, name, at)
	return doc, doc.err
}

func (d *documents) load(doc *document, name string, at yaml.Pos) error {
	raw, err := d.read(name, at)
	if err != nil {
		return err
	}
	if d.total += len(raw); d.total > d.limits.TotalBytes {
		return d.refuse(at, fmt.Sprintf("the files of the contract have more than %d bytes together", d.limits.TotalBytes), "")
	}
	doc.raw = raw
	root, err := yaml.ParseWith(name, raw, d.limits.yaml())
	if err != nil {
		return d.parseError(err)
	}
	doc.root = root
	d.address(doc, name)
	d.identify(doc, name)
	return nil
}

func (d *documents) read(name string, at yaml.Pos) ([]byte, error) {
	if isURI(name) {
		return d.readRemote(name, at)
	}
	raw, err := d.readFile(name)
	if err != nil {
		return nil, d.unreadable(name, at, err)
	}
	return raw, nil
}

func (d *documents) readFile(name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, fs.ErrInvalid
	}
	f, err := d.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out bytes.Buffer
	if info, err := f.Stat(); err == nil && info.Size() > 0 {
		out.Grow(int(min(info.Size(), int64(d.limits.DocumentBytes))) + bytes.MinRead)
	}
	_, err = out.ReadFrom(io.LimitReader(f, int64(d.limits.DocumentBytes)+1))
	return out.Bytes(), err
}

// unreadable explains that a file is not there, and names the one that may be
// meant.
func (d *documents) unreadable(name string, at yaml.Pos, err error) *Error {
	out := &Error{File: name, err: err, fatal: true}
	var pathErr *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		out.Msg = fmt.Sprintf("there is no file `%s`", name)
	case errors.Is(err, fs.ErrInvalid):
		out.Msg = fmt.Sprintf("`%s` lies outside of the folder that the contract was loaded from", name)
		out.Remedy = "load the contract from a folder above all of its files"
	case errors.As(err, &pathErr):
		out.Msg = fmt.Sprintf("the file `%s` cannot be read: %v", name, pathErr.Err)
	default:
		out.Msg = fmt.Sprintf("the file `%s` cannot be read: %v", name, err)
	}
	if out.Remedy == "" {
		if near := d.nearFile(name); near != "" {
			out.Remedy = fmt.Sprintf("name `%s`, which exists", near)
		}
	}
	if at.Line > 0 {
		out.File, out.Line, out.Column = at.File, at.Line, at.Column
	}
	return out
}

func (d *documents) nearFile(name string) string {
	entries, err := fs.ReadDir(d.fsys, path.Dir(name))
	if err != nil {
		return ""
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	if near := nearest(path.Base(name), names); near != "" {
		return path.Join(path.Dir(name), near)
	}
	return ""
}

// parseError puts an error of the parser in front of the line it speaks of.
func (d *documents) parseError(err error) *Error {
	var parse *yaml.Error
	if !errors.As(err, &parse) {
		return &Error{Msg: err.Error(), err: err, fatal: true}
	}
	return d.refuse(parse.Pos, parse.Msg, parse.Remedy)
}

// fail makes an error at a place. The line is looked up when the contract is
// refused: most errors leave an operation unverified instead.
func (d *documents) fail(at yaml.Pos, msg, remedy string) *Error {
	return &Error{File: at.File, Line: at.Line, Column: at.Column, Msg: msg, Remedy: remedy}
}

// refuse makes an error for which the whole contract is refused.
func (d *documents) refuse(at yaml.Pos, msg, remedy string) *Error {
	err := d.fail(at, msg, remedy)
	err.fatal = true
	return err
}

// line is the text of the line at a place.
func (d *documents) line(at yaml.Pos) string {
	if doc := d.known[at.File]; doc != nil {
		return lineOf(doc.raw, at.Line)
	}
	return ""
}

// lineOf is the text of a line, counted from 1.
func lineOf(raw []byte, line int) string {
	if line < 1 {
		return ""
	}
	for range line - 1 {
		_, after, found := bytes.Cut(raw, []byte("\n"))
		if !found {
			return ""
		}
		raw = after
	}
	text, _, _ := bytes.Cut(raw, []byte("\n"))
	return strings.TrimSuffix(string(text), "\r")
}

// mostNames bounds among how many names a likely one is looked for.
const mostNames = 5000

// nearest returns the name that is most likely meant, or "".
func nearest(word string, names []string) string {
	best, distance := "", 1+max(2, len(word)/3)
	if len(names) > mostNames {
		names = names[:mostNames]
	}
	for _, name := range names {
		if len(name)-len(word) >= distance || len(word)-len(name) >= distance || len(name) > longestName {
			continue
		}
		if d := route.Distance(word, name); d < distance {
			best, distance = name, d
		}
	}
	return best
}

// longestName bounds the names that are compared.
const longestName = 200
