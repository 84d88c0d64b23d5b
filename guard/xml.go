package guard

import (
	"bytes"
	"encoding/json"
	"encoding/xml"

	"github.com/faultline-http/faultline"
)

// problemXML writes the document in the XML form of RFC 9457, appendix B: a
// member is an element, the members of an array are elements named "i".
func problemXML(p *faultline.Problem) []byte {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	doc, err := json.Marshal(p)
	if err != nil {
		return out.Bytes()
	}
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	w := &xmlWriter{out: &out, dec: dec}
	w.value("problem", ` xmlns="urn:ietf:rfc:7807"`)
	return out.Bytes()
}

// xmlWriter walks our own document, whose depth is that of our own types.
type xmlWriter struct {
	out *bytes.Buffer
	dec *json.Decoder
}

func (w *xmlWriter) value(name, attributes string) {
	token, err := w.dec.Token()
	if err != nil {
		return
	}
	w.out.WriteString("<" + name + attributes + ">")
	switch t := token.(type) {
	case json.Delim:
		for w.dec.More() {
			child := "i"
			if t == '{' {
				key, err := w.dec.Token()
				if err != nil {
					return
				}
				child, _ = key.(string)
			}
			w.value(child, "")
		}
		_, _ = w.dec.Token() // the closing one
	case string:
		_ = xml.EscapeText(w.out, []byte(t)) // a bytes.Buffer takes everything
	case json.Number:
		w.out.WriteString(t.String())
	case bool:
		if t {
			w.out.WriteString("true")
		} else {
			w.out.WriteString("false")
		}
	}
	w.out.WriteString("</" + name + ">")
}
