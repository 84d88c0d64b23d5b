package report_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/internal/capture"
	"github.com/faultline-http/faultline/internal/malformed"
	"github.com/faultline-http/faultline/internal/report"
)

// FuzzExplained reads whatever somebody may paste, explains it and writes it in
// every format: no input may break any of it.
func FuzzExplained(f *testing.F) {
	f.Add("POST /v1/orders HTTP/1.1\nHost: a\nContent-Type: application/json\n\n{\"quantity\":\"x\"}\n\nHTTP/1.1 422 X\nContent-Type: application/json\n\n{\"detail\":[{\"loc\":[\"body\",\"quantity\"],\"msg\":\"no int\"}]}\n")
	f.Add("GET /%2f\xff%2F HTTP/1.1\r\nHost : a\r\n\r\nHTTP/1.1 400 Bad Request\r\n\r\n")
	f.Add("curl -X POST https://a/v1/orders -H 'Content-Type: multipart/form-data;\xc9 boundary=b' -d '--b'\nHTTP/1.1 400 X\n\n\n")
	for _, text := range pasted(f) {
		f.Add(text)
	}
	api, err := contract.Load(os.DirFS("testdata"), "orders.yaml")
	if err != nil {
		f.Fatal(err)
	}
	engine := diagnose.New(diagnose.WithContract(api))
	f.Fuzz(func(t *testing.T, text string) {
		n := 0
		for ex, err := range capture.Read("-", strings.NewReader(text)) {
			if n++; n > 3 {
				break
			}
			if err != nil {
				continue
			}
			d := engine.Diagnose(ex)
			malformed.Explain(ex, d)
			write(t, ex, d)
		}
	})
}

func write(t *testing.T, ex *faultline.Exchange, d *faultline.Diagnosis) {
	t.Helper()
	for _, o := range []report.Options{{}, {Color: true, Hyperlinks: true, Width: 60, All: true, Reflow: true}, {ASCII: true, Width: 120}} {
		for _, format := range report.Formats() {
			w, err := report.New(format, io.Discard, o)
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Add(ex, d); err != nil {
				t.Fatalf("%s: %v", format, err)
			}
			if err := w.Close(); err != nil {
				t.Fatalf("%s: %v", format, err)
			}
		}
	}
}

// pasted are calls of the corpus, if it is there, as somebody would paste them.
func pasted(tb testing.TB) (out []string) {
	dir := os.Getenv("FAULTLINE_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	file, err := os.Open(filepath.Join(dir, "exchanges.jsonl"))
	if err != nil {
		return nil
	}
	defer file.Close()
	for ex, err := range capture.Read(file.Name(), file) {
		if err != nil || ex.Response == nil {
			continue
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", ex.Request.Method, ex.Request.Target, ex.Request.Host)
		fields(&b, ex.Request.Header)
		fmt.Fprintf(&b, "%s\r\n\r\nHTTP/1.1 %d X\r\n", ex.Request.Body.Raw, ex.Response.Status)
		fields(&b, ex.Response.Header)
		b.Write(ex.Response.Body.Raw)
		out = append(out, b.String())
	}
	if len(out) == 0 {
		tb.Fatalf("nothing could be read of %s", file.Name())
	}
	return out
}

func fields(b *strings.Builder, h faultline.Header) {
	for _, f := range h {
		b.WriteString(f.Name + ": " + f.Value + "\r\n")
	}
	b.WriteString("\r\n")
}
