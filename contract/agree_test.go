package contract_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/race"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// loadFolder loads every contract below testdata.
func loadFolder(t testing.TB) map[string]*contract.Contract {
	t.Helper()
	entries, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*contract.Contract{}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		c, err := contract.Load(os.DirFS("testdata"), e.Name())
		if err != nil {
			t.Fatalf("%+v", err)
		}
		out[e.Name()] = c
		if out["strict "+e.Name()], err = contract.LoadWith(os.DirFS("testdata"), e.Name(), contract.Options{Strict: true}); err != nil {
			t.Fatalf("%+v", err)
		}
	}
	return out
}

// FuzzValidAgreesWithExplain holds flag and explanation together: a request is
// valid exactly when there is nothing to explain, and so is an answer. Places
// lie in the part that they speak of.
func FuzzValidAgreesWithExplain(f *testing.F) {
	contracts := loadFolder(f)
	type seed struct{ file, method, target, header, body string }
	for _, s := range []seed{
		{"petstore.yaml", "GET", "/v1/pets?limit=5&status=sold&tags=dog&tags=cat&since=2024-02-30", "", ""},
		{"petstore.yaml", "POST", "/v1/pets", "X-Api-Key: k\nContent-Type: application/json", `{"name":"x","tags":["a"]}`},
		{"petstore.yaml", "GET", "/v1/pets/7", "", ""},
		{"petstore.yaml", "GET", "/v1/owners?address[city]=Bonn&address[zip]=1", "", ""},
		{"petstore.yaml", "GET", "/v1/owners?address=city,Bonn", "", ""},
		{"styles.yaml", "GET", "/path/.a.b/;p=1;p=2/R,1,G,2?bars=1|2&spaces=1%202&R=1&json=%7B%22a%22%3A1%7D&deep[a][b]=1", "X-List: 1, 2\nCookie: c=1,2; sid=x\nAuthorization: Basic YTpi", ""},
		{"styles.yaml", "POST", "/form", "Content-Type: application/x-www-form-urlencoded", "name=a&tags=1&tags=2&address[city]=x&list=1,2"},
		{"styles.yaml", "POST", "/upload", "Content-Type: multipart/form-data; boundary=XX", multipart(part("file", "a.png", "", "x"), part("meta", "", "", `{"n": "1"}`))},
		{"styles.yaml", "POST", "/any", "Content-Type: text/plain", "x"},
		{"styles.yaml", "GET", "/whole?n=1&l=2&l=x", "Cookie: l=1; l=2; R=1&G=2\nAccept: text/html;q=0.2, */*;q=0\nX-O: R=1", ""},
		{"strict styles.yaml", "POST", "/whole?%7B%22n%22:1%7D", "Authorization: Digest username=\"a\", realm=r, nonce=n, uri=\"/\", response=x\nAccept: text/html;level=2\nX-M: 1", ""},
		{"strict styles.yaml", "GET", "/path/.a.b/;p=1;p=2/R,1,G,2?bars=1|2&x=1", "Cookie: sid=x; y=1", ""},
	} {
		f.Add(s.file, s.method, s.target, s.header, s.body)
	}
	f.Fuzz(func(t *testing.T, file, method, target, header, body string) {
		c := contracts[file]
		if c == nil {
			c = contracts["petstore.yaml"]
		}
		r := request(method, target, strings.Split(header, "\n")...)
		r.Body = faultline.NewBody([]byte(body))
		m := c.Match(method, target)
		if m.Operation == nil {
			return
		}
		agree(t, m.Operation, r, m.Params)
		m.Operation.Unjudged(r)
		m.Operation.UndeclaredQuery(r)
		answer := &faultline.Response{Status: 200 + len(target)%300, Header: r.Header, Body: r.Body}
		list := m.Operation.ExplainResponse(answer)
		if valid := m.Operation.ValidResponse(answer); valid != (len(list) == 0) {
			t.Errorf("answer: valid is %v, explained are %+v", valid, list)
		}
	})
}

func agree(t *testing.T, op *contract.Operation, r *faultline.Request, p contract.Params) {
	t.Helper()
	list := op.ExplainRequest(r, p)
	if valid := op.ValidRequest(r, p); valid != (len(list) == 0) {
		t.Errorf("valid is %v, explained are %+v", valid, list)
	}
	for _, v := range list {
		length := len(r.Body.Raw)
		switch v.At.In {
		case faultline.InQuery, faultline.InPath:
			length = len(r.Target)
		case faultline.InHeader, faultline.InCookie:
			length = 1 << 20
		}
		if s := v.At.Span; s.Start < 0 || s.End < s.Start || s.End > length {
			t.Errorf("the span %+v lies outside of the %s: %+v", s, v.At.In, v)
		}
		if v.Message == "" {
			t.Errorf("a violation without words: %+v", v)
		}
	}
}

func TestAValidRequestAllocatesNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	c := loadFolder(t)["petstore.yaml"]
	tags := make([]string, 110)
	for i := range tags {
		tags[i] = "a tag"
	}
	body, err := json.Marshal(map[string]any{"name": "Rex", "status": "sold", "tags": tags})
	if err != nil || len(body) < 900 {
		t.Fatalf("%d bytes, %v", len(body), err)
	}
	for _, r := range []*faultline.Request{
		request("POST", "/v1/pets", "X-Api-Key: k", "Content-Type: application/json", string(body)),
		request("GET", "/v1/pets?limit=5&status=sold&tags=dog&tags=cat&since=2024-02-03"),
		request("GET", "/v1/pets/7"),
	} {
		m := c.Match(r.Method, r.Target)
		if m.Operation == nil || !m.Operation.ValidRequest(r, m.Params) {
			t.Fatalf("%s %s: not valid: %+v", r.Method, r.Target, m.Operation.ExplainRequest(r, m.Params))
		}
		got := testing.AllocsPerRun(200, func() {
			m := c.Match(r.Method, r.Target)
			if !m.Operation.ValidRequest(r, m.Params) {
				t.Error("not valid")
			}
		})
		if got != 0 {
			t.Errorf("%s %s: got %v allocations, want 0", r.Method, r.Target, got)
		}
	}
}
