package contract

import (
	"bytes"

	"github.com/faultline-http/faultline/internal/yaml"
)

// identify notes the schemas of a document that have an address of their own, by
// which others may refer to them wherever they stand (JSON Schema 2020-12, section
// 8.2.1, `$id`; OpenAPI 3.1.1, section 4.6).
func (d *documents) identify(doc *document, name string) {
	if !bytes.Contains(doc.raw, []byte("$id")) {
		return
	}
	if doc.self != "" {
		name = doc.self
	}
	d.identifyIn(doc.root, name, map[*yaml.Node]bool{})
}

func (d *documents) identifyIn(n *yaml.Node, base string, seen map[*yaml.Node]bool) {
	if n == nil || seen[n] {
		return
	}
	seen[n] = true
	if id := n.Get("$id"); id != nil && id.Kind == yaml.String {
		base = joinURI(base, id.Text)
		if _, taken := d.identified[base]; !taken && isURI(base) {
			d.identified[base] = n
		}
	}
	for _, item := range n.Items {
		d.identifyIn(item, base, seen)
	}
	for i := range n.Members {
		if m := &n.Members[i]; !data[m.Key] {
			d.identifyIn(m.Value, base, seen)
		}
	}
}

// byID is the schema with the address that a reference at a place names; nil if
// no document that was read has it.
func (d *documents) byID(ref string, at yaml.Pos) *yaml.Node {
	if ref == "" || len(d.identified) == 0 {
		return nil
	}
	base := at.File
	if doc := d.known[base]; doc != nil && doc.self != "" {
		base = doc.self
	}
	return d.identified[joinURI(base, ref)]
}
