package capture

import (
	"testing"

	faultline "github.com/faultline-http/faultline"
)

func logFormats() []Format {
	return []Format{jsonLog.format(), envoyLog.format(), haproxyLog.format(), albLog.format(), combinedLog.format()}
}

// FuzzLogs reads any text as each kind of log.
func FuzzLogs(f *testing.F) {
	formats := logFormats()
	for _, format := range formats {
		seed(f, format)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range formats {
			for _, ex := range fuzzDecode(t, format, data) {
				if (ex.Response == nil) == (ex.Failure == nil) {
					t.Fatalf("%s: %+v has both an answer and a failure, or none", format.Name, ex)
				}
			}
		}
	})
}

func TestLinesBetweenThoseOfALogAreOneError(t *testing.T) {
	t.Parallel()
	line := `203.0.113.7 - - [20/Nov/2026:14:31:02 +0000] "GET /v1/orders HTTP/1.1" 401 381` + "\n"
	exchanges, errs := all(t, "-", line+"starting\n"+line+"\nstopped\n")
	if len(exchanges) != 2 || len(errs) != 1 {
		t.Fatalf("read %d exchanges and errors %v, want 2 and 1", len(exchanges), errs)
	}
	if want := "line 2: 2 lines are not of a log in the form of access-log; the first is `starting`"; errs[0].Error() != want {
		t.Errorf("error = %s\nwant    %s", errs[0], want)
	}
	if got := exchanges[1].Labels[faultline.LabelLine]; got != "3" {
		t.Errorf("the second call begins on line %s, want 3", got)
	}
}
