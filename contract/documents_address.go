package contract

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/faultline-http/faultline/contract/internal/percent"
	"github.com/faultline-http/faultline/internal/yaml"
)

// isURI reports whether a document's name is an absolute URI and no file.
func isURI(name string) bool {
	return strings.Contains(name, "://") || strings.HasPrefix(name, "urn:")
}

// address notes under which URI a document wants to be known (OpenAPI 3.2.0,
// section 4.1.2.2.2, `$self`).
func (d *documents) address(doc *document, name string) {
	self := doc.root.Get("$self")
	if self == nil || self.Kind != yaml.String || doc.root.Get("openapi") == nil {
		return
	}
	uri, _, _ := strings.Cut(self.Text, "#")
	if uri = joinURI(name, uri); uri == name {
		return
	}
	doc.self = uri
	if _, taken := d.addresses[uri]; !taken {
		d.addresses[uri] = name
	}
}

// locate gives the name of the document that the path of a reference leads to
// from a place.
func (d *documents) locate(ref string, at yaml.Pos) string {
	if ref == "" {
		return at.File
	}
	base := at.File
	doc := d.known[base]
	if doc == nil || doc.self == "" {
		return d.named(joinURI(base, ref))
	}
	uri := joinURI(doc.self, ref)
	name := d.named(uri)
	if name != uri || isURI(base) || isURI(ref) {
		return name
	}
	// Nobody has given a document of that URI. The files beside this one are
	// where $self says they are: https://example.com/api.yaml, parts.yaml and
	// https://example.com/parts.yaml are published together.
	if d.fetch != nil {
		if doc, err := d.open(uri, at); err == nil && doc.root != nil {
			return uri
		}
	}
	return joinURI(base, ref)
}

// named is the name of the document that is known by the URI.
func (d *documents) named(uri string) string {
	if name, ok := d.addresses[uri]; ok {
		return name
	}
	return uri
}

// joinURI resolves a reference against the name of a document (RFC 3986,
// section 5.2). Names of files are paths below the folder of the contract.
func joinURI(base, ref string) string {
	if isURI(ref) {
		return ref
	}
	if isURI(base) {
		b, err := url.Parse(base)
		if err != nil {
			return ref
		}
		r, err := url.Parse(ref)
		if err != nil {
			return ref
		}
		return b.ResolveReference(r).String()
	}
	ref, _, _ = strings.Cut(ref, "?")
	ref = percent.Decode(ref)
	if strings.HasPrefix(ref, "/") {
		return strings.TrimPrefix(path.Clean(ref), "/")
	}
	return path.Join(path.Dir(base), ref)
}

// readRemote asks the caller of LoadWith for a document.
func (d *documents) readRemote(uri string, at yaml.Pos) ([]byte, error) {
	const remedy = "give the document by Options.Resolve, `--contract-ref URL=FILE` on the command line, or save it beside the contract and refer to it by its relative path"
	if d.fetch == nil {
		return nil, &unsupportedError{d.fail(at, fmt.Sprintf("the reference to `%s` leads out of the files of the contract", uri), remedy)}
	}
	raw, err := d.fetch(uri)
	if err != nil {
		return nil, &unsupportedError{d.fail(at, fmt.Sprintf("the reference to `%s` leads out of the files of the contract: %v", uri, err), remedy)}
	}
	return raw, nil
}
