package schema

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"io"
	"mime/quotedprintable"
	"strings"

	"github.com/faultline-http/faultline/internal/tape"
	"github.com/faultline-http/faultline/internal/yaml"
)

// A contentRule is about what a string carries (JSON Schema 2020-12 validation,
// section 8). It is asserted only when asked for.
type contentRule struct {
	encoding string // lower case; empty: the text itself
	json     bool   // the media type is one of JSON
	schema   ID     // contentSchema, or None
}

// content reads the three keywords. Media types other than those of JSON stay
// notes: nothing here can look into them.
func (r *reader) content(rule *strRule) error {
	c := contentRule{schema: None}
	for _, keyword := range [...]string{"contentEncoding", "contentMediaType"} {
		if n := r.get(keyword); n != nil && n.Kind != yaml.String {
			return r.bad(n, keyword, "a string")
		}
	}
	asked := r.b.opts.AssertContent
	// Draft 7 validation, section 8.2: implementations may support the keywords
	// as assertions. Later drafts take them as notes by default.
	implied := r.at.mode.dialect == JSONSchemaDraft7 && r.b.opts.Standard && !r.b.opts.AnnotateFormats
	if !asked && !implied {
		return nil
	}
	if n := r.get("contentEncoding"); n != nil {
		c.encoding = strings.ToLower(n.Text)
		_, known := encodings[c.encoding]
		if !known && !asked {
			return nil
		}
		if !known {
			return &Unsupported{Pos: n.Pos, What: "the content encoding `" + tape.Printable([]byte(n.Text), longestName) + "`"}
		}
	}
	if n := r.get("contentMediaType"); n != nil {
		name, _, _ := strings.Cut(strings.ToLower(n.Text), ";")
		name = strings.TrimSpace(name)
		c.json = name == "application/json" || strings.HasSuffix(name, "+json")
		if c.json && r.get("contentSchema") != nil {
			var err error
			if c.schema, err = r.partOf("contentSchema"); err != nil {
				return err
			}
		}
	}
	if c.encoding != "" || c.json {
		rule.content = &c
	}
	return nil
}

// encodings undo the transfer encodings of RFC 2045, section 6, and of RFC
// 4648.
var encodings = map[string]func(text []byte) ([]byte, error){
	"7bit":   asItIs,
	"8bit":   asItIs,
	"binary": asItIs,
	"base64": func(text []byte) ([]byte, error) { return base64.StdEncoding.AppendDecode(nil, text) },
	"base64url": func(text []byte) ([]byte, error) {
		return base64.RawURLEncoding.AppendDecode(nil, []byte(strings.TrimRight(string(text), "=")))
	},
	"base32": func(text []byte) ([]byte, error) { return base32.StdEncoding.AppendDecode(nil, text) },
	"base16": func(text []byte) ([]byte, error) { return hex.AppendDecode(nil, text) },
	"quoted-printable": func(text []byte) ([]byte, error) {
		return io.ReadAll(quotedprintable.NewReader(strings.NewReader(string(text))))
	},
}

func asItIs(text []byte) ([]byte, error) { return text, nil }

// brokenContent is the keyword that the content of a string breaks, or empty.
func (e *eval) brokenContent(c *contentRule, text []byte) string {
	if c.encoding != "" {
		var err error
		if text, err = encodings[c.encoding](text); err != nil {
			return "contentEncoding"
		}
	}
	if !c.json {
		return ""
	}
	var t tape.Tape
	if err := tape.Parse(&t, text, tape.Limits{Depth: defaultDepth, Bytes: defaultBytes}); err != nil {
		return "contentMediaType"
	}
	if c.schema == None {
		return ""
	}
	inner := eval{}
	inner.begin(e.forms, &t)
	if !inner.valid(c.schema, 0) || inner.spent || inner.costly {
		return "contentSchema"
	}
	return ""
}

// words say what a string should carry.
func (c *contentRule) words(keyword string) string {
	switch keyword {
	case "contentEncoding":
		return "must be encoded as " + c.encoding
	case "contentMediaType":
		return "must hold JSON"
	}
	return "must hold JSON that keeps its schema"
}
