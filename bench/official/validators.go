package official

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/faultline-http/faultline/contract"
	"github.com/google/jsonschema-go/jsonschema"
	kaptinlin "github.com/kaptinlin/jsonschema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
)

// Options say how a schema is read.
type Options struct {
	Draft   string            // one of Drafts
	Remotes map[string][]byte // documents that references may name
	Format  bool              // assert formats
	Notes   bool              // take formats as notes where the validator asserts them by itself
	Content bool              // assert contentEncoding and contentMediaType
}

// ErrDialect is of a schema outside of what a validator claims to read.
var ErrDialect = errors.New("outside of the dialect")

// A Validator is one row of the tables.
type Validator struct {
	Name    string
	Drafts  []string // those that it claims
	Compile func(schema []byte, o Options) (func(value []byte) bool, error)
}

// Validators are the rows, ours first.
func Validators() []Validator {
	latest := []string{"draft2020-12"}
	return []Validator{
		{"faultline", Drafts, Faultline},
		{"santhosh-tekuri v6", Drafts, Santhosh},
		{"kaptinlin", Drafts, kaptin},
		{"google", []string{"draft7", "draft2020-12"}, google},
		{"kin-openapi 3.0", []string{"draft4"}, kin30},
		{"kin-openapi 3.1", latest, kin31},
		{"libopenapi-validator", latest, libopenapiValidator},
	}
}

// Claims reports whether the validator claims a draft.
func (v *Validator) Claims(draft string) bool { return slices.Contains(v.Drafts, draft) }

func (o *Options) remote(uri string) ([]byte, error) {
	if raw, ok := o.Remotes[strings.TrimSuffix(uri, "#")]; ok {
		return raw, nil
	}
	return nil, fmt.Errorf("there is no document %s", uri)
}

// root is the address of the schema itself.
const root = "http://bench.example/root.json"

// Faultline is ours.
func Faultline(schema []byte, o Options) (func([]byte) bool, error) {
	s, err := contract.CompileSchema(schema, contract.SchemaOptions{
		Draft: strings.TrimPrefix(o.Draft, "draft"), AssertFormat: o.Format, AssertContent: o.Content, Resolve: o.remote, BaseURI: root,
	})
	if err != nil {
		return nil, err
	}
	return s.Valid, nil
}

var santhoshDrafts = map[string]*santhosh.Draft{
	"draft4": santhosh.Draft4, "draft6": santhosh.Draft6, "draft7": santhosh.Draft7,
	"draft2019-09": santhosh.Draft2019, "draft2020-12": santhosh.Draft2020,
}

// formats are those that it asserts in drafts before 2019-09 unless they are registered anew.
var formats = []string{
	"date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "iri", "iri-reference", "json-pointer", "period", "regex",
	"relative-json-pointer", "semver", "time", "uri", "uri-reference", "uri-template", "uuid", "idn-email", "idn-hostname",
}

type santhoshLoader struct{ o *Options }

func (l santhoshLoader) Load(uri string) (any, error) {
	raw, err := l.o.remote(uri)
	if err != nil {
		return nil, err
	}
	return santhosh.UnmarshalJSON(bytes.NewReader(raw))
}

// Santhosh is github.com/santhosh-tekuri/jsonschema/v6, with vocabularies honoured.
func Santhosh(schema []byte, o Options) (func([]byte) bool, error) {
	c := santhosh.NewCompiler()
	c.DefaultDraft(santhoshDrafts[o.Draft])
	if o.Format {
		c.AssertFormat()
	} else if o.Notes {
		for _, name := range formats {
			c.RegisterFormat(&santhosh.Format{Name: name, Validate: func(any) error { return nil }})
		}
	}
	if o.Content {
		c.AssertContent()
	}
	c.AssertVocabs()
	c.UseLoader(santhoshLoader{&o})
	doc, err := santhosh.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return nil, err
	}
	if err := c.AddResource(root, doc); err != nil {
		return nil, err
	}
	s, err := c.Compile(root)
	if err != nil {
		return nil, err
	}
	return func(value []byte) bool {
		v, err := santhosh.UnmarshalJSON(bytes.NewReader(value))
		return err == nil && s.Validate(v) == nil
	}, nil
}

var kaptinDialects = map[string]kaptinlin.Dialect{
	"draft4": kaptinlin.Draft4, "draft6": kaptinlin.Draft6, "draft7": kaptinlin.Draft7,
	"draft2019-09": kaptinlin.Draft201909, "draft2020-12": kaptinlin.Draft202012,
}

func kaptin(schema []byte, o Options) (func([]byte) bool, error) {
	c := kaptinlin.NewCompiler()
	c.SetDefaultDialect(kaptinDialects[o.Draft])
	c.SetAssertFormat(o.Format)
	load := func(uri string) (io.ReadCloser, error) {
		raw, err := o.remote(uri)
		return io.NopCloser(bytes.NewReader(raw)), err
	}
	c.RegisterLoader("http", load)
	c.RegisterLoader("https", load)
	s, err := c.Compile(schema)
	if err != nil {
		return nil, err
	}
	return func(value []byte) bool { return s.ValidateJSON(value).IsValid() }, nil
}

// google knows the draft from $schema alone.
func google(schema []byte, o Options) (func([]byte) bool, error) {
	var s jsonschema.Schema
	if err := json.Unmarshal(schema, &s); err != nil {
		return nil, err
	}
	if o.Draft == "draft7" && s.Schema == "" && schema[0] == '{' {
		s.Schema = "http://json-schema.org/draft-07/schema#"
	}
	resolved, err := s.Resolve(&jsonschema.ResolveOptions{Loader: func(uri *url.URL) (*jsonschema.Schema, error) {
		raw, err := o.remote(uri.String())
		if err != nil {
			return nil, err
		}
		var s jsonschema.Schema
		return &s, json.Unmarshal(raw, &s)
	}})
	if err != nil {
		return nil, err
	}
	return func(value []byte) bool {
		var v any
		return json.Unmarshal(value, &v) == nil && resolved.Validate(v) == nil
	}, nil
}
