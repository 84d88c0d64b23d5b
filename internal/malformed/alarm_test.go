package malformed_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/internal/capture"
	"github.com/faultline-http/faultline/internal/malformed"
	"github.com/faultline-http/faultline/internal/outside"
)

// asText writes an exchange as somebody would paste it.
func asText(ex *faultline.Exchange, end string) string {
	var b strings.Builder
	field := func(name, value string) { b.WriteString(name + ": " + value + end) }
	fmt.Fprintf(&b, "%s %s HTTP/1.1%s", ex.Request.Method, ex.Request.Target, end)
	if !ex.Request.Header.Has("Host") {
		field("Host", "api.example.com")
	}
	for _, f := range ex.Request.Header {
		field(f.Name, f.Value)
	}
	b.WriteString(end + string(ex.Request.Body.Raw) + end + end)
	if ex.Response == nil {
		return b.String()
	}
	fmt.Fprintf(&b, "HTTP/1.1 %d %s%s", ex.Response.Status, ex.Response.Reason, end)
	for _, f := range ex.Response.Header {
		field(f.Name, f.Value)
	}
	b.WriteString(end + string(ex.Response.Body.Raw))
	return b.String()
}

// TestCallsThatFailedOtherwiseRaiseNoAlarm pastes real calls, of which few were
// refused by a parser: bytes are named there alone.
func TestCallsThatFailedOtherwiseRaiseNoAlarm(t *testing.T) {
	t.Parallel()
	file, err := os.Open(filepath.Join(outside.Corpus(t), "exchanges.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	engine := diagnose.New()
	for ex, err := range capture.Read(file.Name(), file) {
		if err != nil || ex.Request.Method == "" || ex.Response == nil {
			continue
		}
		for _, end := range []string{"\n", "\r\n"} {
			for pasted, err := range capture.Read("-", strings.NewReader(asText(ex, end))) {
				if err != nil {
					break
				}
				d := engine.Diagnose(pasted)
				before, _ := d.Primary()
				malformed.Explain(pasted, d)
				f, _ := d.Primary()
				if f.Detail.Fault != "" && !slices.Contains([]string{"header", "url", "protocol"}, before.Cause.Slug.Family()) && before.Cause.Slug != "content.length-mismatch" {
					t.Errorf("%s is explained by %s, and was %s", ex.ID, f.Detail.Fault, before.Cause.Slug)
				}
				break
			}
		}
	}
}
