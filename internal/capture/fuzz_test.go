package capture

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	faultline "github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/curlcmd"
)

// seed adds the samples of a format.
func seed(f *testing.F, format Format) {
	f.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", folder(format), "*"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no samples of %s: %v", format.Name, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".want") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
}

// fuzz decodes any input: no panic, an exchange or an error each time, nothing
// larger than the input explains, and short errors without control characters.
// Where the format can be written, decode, encode, decode gives the same.
func fuzz(f *testing.F, format Format) {
	f.Helper()
	seed(f, format)
	f.Fuzz(func(t *testing.T, data []byte) {
		exchanges := fuzzDecode(t, format, data)
		if format.Encode == nil {
			return
		}
		var out bytes.Buffer
		if err := format.Encode(&out, slices.Values(exchanges)); err != nil {
			t.Fatal(err)
		}
		again := fuzzDecode(t, format, out.Bytes())
		// Names and values that are not UTF-8 cannot be written in JSON.
		if diff := cmp.Diff(exchanges, again, cmpopts.EquateEmpty(), cmpopts.EquateApproxTime(0), withoutLines); diff != "" {
			t.Errorf("decode, encode, decode differs (-first +second)\n%s\n%s", diff, out.Bytes())
		}
	})
}

func fuzzDecode(t *testing.T, format Format, data []byte) []*faultline.Exchange {
	t.Helper()
	var exchanges []*faultline.Exchange
	for ex, err := range format.Decode(bytes.NewReader(data)) {
		if (ex == nil) == (err == nil) {
			t.Fatalf("yielded exchange %v and error %v, want exactly one", ex, err)
		}
		if err != nil {
			if text := err.Error(); len(text) > 1000 || strings.ContainsAny(text, "\x00\x1b\r") {
				t.Fatalf("error %.2000q is long or has control characters", text)
			}
			continue
		}
		exchanges = append(exchanges, ex)
	}
	return exchanges
}

func FuzzExchange1(f *testing.F) { fuzz(f, exchange1Format()) }
func FuzzHAR(f *testing.F)       { fuzz(f, harFormat()) }
func FuzzPostman(f *testing.F)   { fuzz(f, Options{}.postmanFormat()) }
func FuzzRawHTTP(f *testing.F)   { fuzz(f, rawFormat()) }
func FuzzHTTPFile(f *testing.F)  { fuzz(f, Options{}.httpFileFormat()) }
func FuzzTrace(f *testing.F)     { fuzz(f, Options{}.traceFormat()) }
func FuzzCurl(f *testing.F)      { fuzz(f, Options{}.curlFormat()) }

// FuzzCurlCommand writes any request as a curl command and reads it again.
func FuzzCurlCommand(f *testing.F) {
	for _, r := range requests() {
		f.Add(r.Method, r.Target, "x-name", "value", string(r.Body.Raw))
	}
	f.Fuzz(func(t *testing.T, method, target, name, value, body string) {
		if !isMethod(method) || !strings.HasPrefix(target, "/") || strings.HasPrefix(target, "//") || !isToken(name) || strings.ToLower(name) == "host" ||
			strings.ContainsAny(method+target+value+body, "\x00") || strings.ContainsAny(target+value, "\r\n") || strings.TrimSpace(value) != value || name[0] == '@' {
			t.Skip("not a request that can be sent")
		}
		if strings.ContainsAny(target, "\x00\r\n") || strings.Trim(value, " \t") == "" {
			t.Skip("an empty value has a form of its own")
		}
		comesBack(t, &faultline.Request{
			Method: method, Scheme: "https", Host: "api.example.com", Target: target,
			Header: faultline.Header{{Name: name, Value: value}, {Name: "content-type", Value: "text/plain"}},
			Body:   faultline.NewBody([]byte(body)),
		})
		_ = curlcmd.Command(&faultline.Request{Method: method, Target: target}, curlcmd.Style{Width: 60})
	})
}

// isToken is RFC 9110, section 5.6.2.
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c|0x20 && c|0x20 <= 'z') && !('0' <= c && c <= '9') && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c)) {
			return false
		}
	}
	return s != ""
}

func FuzzDetect(f *testing.F) {
	for _, format := range Formats() {
		seed(f, format)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for ex, err := range Read("-", bytes.NewReader(data)) {
			if (ex == nil) == (err == nil) {
				t.Fatalf("yielded exchange %v and error %v, want exactly one", ex, err)
			}
		}
	})
}
