package contract_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
)

// BenchmarkExplain is what a refused body of 10 kB costs by both ways in, beside
// decoding it.
func BenchmarkExplain(b *testing.B) {
	const folder = "../bench/orders"
	raw, err := os.ReadFile(folder + "/schema.json")
	if err != nil {
		b.Fatal(err)
	}
	valid, err := os.ReadFile(folder + "/valid_10k.json")
	if err != nil {
		b.Fatal(err)
	}
	s, err := contract.CompileSchema(raw, contract.SchemaOptions{AssertFormat: true})
	if err != nil {
		b.Fatal(err)
	}
	c, err := contract.Load(os.DirFS(folder), "openapi.json")
	if err != nil {
		b.Fatal(err)
	}
	m := c.Match("POST", "/orders")
	last := bytes.LastIndex(valid, []byte(`"currency":"`))
	ten := bytes.Replace(valid, []byte(`"currency":"`), []byte(`"currency":"X`), 10)
	mixed := valid
	for _, change := range [][2]string{{`"quantity":`, `"quantty":`}, {`"currency":"`, `"currency":"X`}, {`"sku":"`, `"sku":"??`}} {
		mixed = bytes.Replace(mixed, []byte(change[0]), []byte(change[1]), 3)
	}
	for _, tt := range []struct {
		name string
		body []byte
		want int
	}{
		{"one", append(bytes.Clone(valid[:last]), bytes.Replace(valid[last:], []byte(`:"`), []byte(`:"X`), 1)...), 1},
		{"ten", ten, 10},
		{"mixed", mixed, 12},
	} {
		r := &faultline.Request{
			Method: "POST", Target: "/orders", Body: faultline.NewBody(tt.body),
			Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}},
		}
		for _, way := range []struct {
			name    string
			explain func() int
		}{
			{"schema", func() int { return len(s.Explain(tt.body)) }},
			{"request", func() int { return len(m.Operation.ExplainRequest(r, m.Params)) }},
			{"decoded", func() int { var v any; _ = json.Unmarshal(tt.body, &v); return tt.want }},
		} {
			b.Run(tt.name+"/"+way.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if got := way.explain(); got != tt.want {
						b.Fatalf("%d violations, want %d", got, tt.want)
					}
				}
			})
		}
	}
}
