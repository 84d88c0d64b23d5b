package capture

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	faultline "github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/outside"
)

func all(t *testing.T, name, input string) (exchanges []*faultline.Exchange, errs []error) {
	t.Helper()
	for ex, err := range Read(name, strings.NewReader(input)) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		exchanges = append(exchanges, ex)
	}
	return exchanges, errs
}

// TestCurlAgreesWithTheSuite compares each command with the message that the
// suite says curl sends. What differs is listed, with the reason, in a file
// that may only get shorter.
func TestCurlAgreesWithTheSuite(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(outside.Suites(t), "curl")
	gaps := knownGaps(t, filepath.Join("testdata", "curl-suite-gaps.txt"))
	commands, err := filepath.Glob(filepath.Join(dir, "curl_commands", "*.sh"))
	if err != nil || len(commands) < 100 {
		t.Fatalf("found %d commands, want at least 100 (%v)", len(commands), err)
	}
	compared := 0
	for _, file := range commands {
		name := strings.TrimSuffix(filepath.Base(file), ".sh")
		script, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		exchanges, errs := all(t, file, string(script))
		if len(errs) > 0 || len(exchanges) == 0 {
			t.Errorf("%s: read %d exchanges, errors %v", name, len(exchanges), errs)
			continue
		}
		want, err := os.ReadFile(filepath.Join(dir, "http", name+".txt"))
		if err != nil {
			continue
		}
		compared++
		diff := suiteDiff(&exchanges[0].Request, want)
		_, known := gaps[name]
		switch {
		case diff != "" && !known:
			t.Errorf("%s: %s", name, diff)
		case diff == "" && known:
			t.Errorf("%s: agrees now; take it off the list of gaps", name)
		}
	}
	if compared < 60 {
		t.Errorf("compared %d messages, want at least 60", compared)
	}
}

func knownGaps(t *testing.T, file string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	gaps := map[string]string{}
	for line := range strings.Lines(string(data)) {
		name, reason, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		if !ok || strings.TrimSpace(reason) == "" {
			t.Errorf("%s: %q has no reason", file, name)
		}
		gaps[name] = reason
	}
	return gaps
}

var curlVersion = regexp.MustCompile(`(?i)^(user-agent: curl/).*`)

// suiteDiff compares method, target, fields in any order, and body.
func suiteDiff(got *faultline.Request, want []byte) string {
	head, body, _ := bytes.Cut(want, []byte("\n\n"))
	lines := bufio.NewScanner(bytes.NewReader(head))
	lines.Buffer(nil, 1<<20)
	lines.Scan()
	method, target, _ := strings.Cut(strings.TrimSuffix(lines.Text(), " HTTP/1.1"), " ")
	// The suite writes `GET ?a=b` where curl sends a slash.
	if strings.HasPrefix(target, "?") {
		target = "/" + target
	}
	if got.Method != method || got.Target != target {
		return "request line: got " + got.Method + " " + got.Target + ", want " + method + " " + target
	}
	var wantFields, gotFields []string
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ":")
		wantFields = append(wantFields, strings.ToLower(name)+": "+strings.TrimSpace(value))
	}
	for _, f := range got.Header {
		gotFields = append(gotFields, strings.ToLower(f.Name)+": "+f.Value)
	}
	for _, list := range [][]string{wantFields, gotFields} {
		for i := range list {
			list[i] = curlVersion.ReplaceAllString(list[i], "${1}8")
		}
		slices.Sort(list)
	}
	if !slices.Equal(gotFields, wantFields) {
		return "fields:\n got " + strings.Join(gotFields, "\n     ") + "\nwant " + strings.Join(wantFields, "\n     ")
	}
	wantBody := strings.TrimSuffix(string(body), "\n")
	if string(got.Body.Raw) != wantBody && string(got.Body.Raw) != string(body) {
		return "body: got " + string(got.Body.Raw) + ", want " + string(body)
	}
	return ""
}
