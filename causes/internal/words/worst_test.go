package words

import (
	"strings"
	"testing"
)

// BenchmarkReadWorst is an answer that is made to cost: as many sentences as are read, each as long as
// is looked at, of words that patterns begin with, and texts inside texts.
func BenchmarkReadWorst(b *testing.B) {
	sentence := strings.Repeat("missing required unknown invalid expected field ", 40)
	body := []byte(`{"errors":["` + strings.Repeat(sentence+`","`, 40) + `"]}`)
	b.ReportAllocs()
	for b.Loop() {
		Read(body)
	}
}
