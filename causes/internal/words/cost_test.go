package words

import (
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/race"
)

// TestReadIsCheap holds what an error of usual size costs: each allocation is one of a node, a name or
// a complaint.
func TestReadIsCheap(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector allocates too")
	}
	const most = 60
	for _, s := range samples[:3] {
		body := []byte(s.body)
		if n := testing.AllocsPerRun(20, func() { Read(body) }); n > most {
			t.Errorf("%s: %.0f allocations, want at most %d", s.system, n, most)
		}
	}
}

// TestReadIsBounded reads an answer that is made to cost: no part of it may be read without end.
func TestReadIsBounded(t *testing.T) {
	t.Parallel()
	sentence := strings.Repeat("a.b-c_d ", 400)
	body := `{"errors":["` + strings.Repeat(sentence+`","`, 400) + `"]}`
	if all := Read([]byte(body)); len(all) > maxSentences {
		t.Errorf("%d complaints were read, want at most %d", len(all), maxSentences)
	}
}
