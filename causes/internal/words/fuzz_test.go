package words

import (
	"strings"
	"testing"
)

// FuzzRead feeds answers of all sorts: reading must end, and must not make more of them than they are.
func FuzzRead(f *testing.F) {
	for _, s := range samples {
		f.Add([]byte(s.body))
	}
	f.Add([]byte(strings.Repeat(`{"errors":[`, 200)))
	f.Add([]byte(`<a><b></a></c></b>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		all := Read(body)
		if len(all) > 3*maxSentences {
			t.Errorf("%d complaints were read, want at most %d", len(all), 3*maxSentences)
		}
		for _, c := range all {
			if int(c.Kind) >= len(kindNames) {
				t.Errorf("kind = %d, which has no name", c.Kind)
			}
		}
		FailureInside(Document(body))
		BatchFailure(Document(body))
		Plain(body)
	})
}
