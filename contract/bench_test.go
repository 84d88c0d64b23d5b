package contract_test

import (
	"os"
	"testing"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/outside"
)

func BenchmarkMatch(b *testing.B) {
	c := loadFolder(b)["petstore.yaml"]
	for b.Loop() {
		m := c.Match("GET", "https://petstore.example.com/v1/pets/7")
		if m.Operation == nil {
			b.Fatal("no match")
		}
	}
}

func BenchmarkValidRequest(b *testing.B) {
	c := loadFolder(b)["petstore.yaml"]
	for _, bench := range []struct {
		name, method, target string
		lines                []string
	}{
		{"query", "GET", "/v1/pets?limit=5&status=sold&tags=dog&tags=cat&since=2024-02-03", nil},
		{"body", "POST", "/v1/pets", []string{"X-Api-Key: k", "Content-Type: application/json", `{"name":"Rex","status":"sold","tags":["a","b"]}`}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			r := request(bench.method, bench.target, bench.lines...)
			m := c.Match(r.Method, r.Target)
			b.ReportAllocs()
			for b.Loop() {
				if !m.Operation.ValidRequest(r, m.Params) {
					b.Fatal("not valid")
				}
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	dir := outside.Specs(b)
	for _, name := range []string{"openai.yaml", "adyen-management-v1.json"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := contract.Load(os.DirFS(dir), name); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
