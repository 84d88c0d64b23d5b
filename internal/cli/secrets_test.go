package cli

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/internal/capture"
	"github.com/faultline-http/faultline/internal/outside"
	"github.com/faultline-http/faultline/internal/report"
)

// The patterns of secrets are written anew here, and not taken from the code
// that masks them: what that one forgets, this one has to find.
var (
	anyJWT       = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]+`)
	secretMember = regexp.MustCompile(`(?i)"(?:password|passwd|client_secret|secret|refresh_token|access_token|id_token|code_verifier|assertion|client_assertion)"\s*:\s*"([^"\\]{6,})"`)
	secretPair   = regexp.MustCompile(`(?i)(?:^|[?&])(?:password|client_secret|refresh_token|access_token|code_verifier|client_assertion|api_key|apikey|token)=([^&\s]{6,})`)
	secretField  = regexp.MustCompile(`(?i)^(x-.*(?:api-?key|token|secret)|api-?key|private-token|x-amz-security-token)$`)
)

// TestNoSecretOfRealCallsIsShown runs every call of the labelled sets through
// every format, and looks for the credentials that it held.
func TestNoSecretOfRealCallsIsShown(t *testing.T) {
	t.Parallel()
	for name, dir := range map[string]func(*testing.T) string{
		"field":  func(*testing.T) string { return filepath.Join("..", "..", "diagnose", "testdata", "field") },
		"corpus": func(t *testing.T) string { return outside.Corpus(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			showsNone(t, callsIn(t, filepath.Join(dir(t), "exchanges.jsonl")))
		})
	}
}

func showsNone(t *testing.T, calls []*faultline.Exchange) {
	t.Helper()
	history := diagnose.NewHistory(0)
	for _, ex := range calls {
		history.Add(ex)
	}
	engine := diagnose.New(append(history.Options(), diagnose.WithReasons())...)
	var redactor faultline.Redactor
	held := 0
	for _, ex := range calls {
		secrets := secretsOf(ex)
		held += len(secrets)
		d := engine.Diagnose(ex)
		shown := ex.Clone()
		redactor.Redact(shown, d)
		for _, format := range report.Formats() {
			out := inFormat(t, format, shown, d)
			for _, s := range secrets {
				if bytes.Contains(out, []byte(s)) {
					t.Errorf("%s: %s shows %q", ex.ID, format, s)
				}
			}
		}
	}
	if held < 100 {
		t.Errorf("the calls hold %d credentials: this test looks for nothing", held)
	}
}

func callsIn(t *testing.T, name string) []*faultline.Exchange {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []*faultline.Exchange
	for ex, err := range capture.Read(name, f) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, ex)
	}
	return out
}

func inFormat(t *testing.T, format string, ex *faultline.Exchange, d *faultline.Diagnosis) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := report.New(format, &b, report.Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(ex, d); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// secretsOf are the credentials of a request, as far as they are long enough to be told from words.
func secretsOf(ex *faultline.Exchange) []string {
	var out []string
	add := func(s string) {
		if s = strings.Trim(s, `"' `); len(s) >= 10 && !strings.ContainsAny(s, "<${ ") {
			out = append(out, s)
		}
	}
	for _, f := range ex.Request.Header {
		scheme, rest, spaced := strings.Cut(f.Value, " ")
		switch {
		case strings.EqualFold(f.Name, "Authorization") && spaced && strings.EqualFold(scheme, "basic"):
			add(rest)
			if plain, err := base64.StdEncoding.DecodeString(rest); err == nil {
				_, password, _ := strings.Cut(string(plain), ":")
				add(password)
			}
		case strings.EqualFold(f.Name, "Authorization") && spaced && strings.EqualFold(scheme, "bearer"):
			add(rest)
		case secretField.MatchString(f.Name):
			add(f.Value)
		}
	}
	for _, text := range []string{ex.Request.Target, string(ex.Request.Body.Bytes())} {
		for _, m := range secretPair.FindAllStringSubmatch(text, -1) {
			add(m[1])
			if plain, err := url.QueryUnescape(m[1]); err == nil {
				add(plain)
			}
		}
		for _, m := range secretMember.FindAllStringSubmatch(text, -1) {
			add(m[1])
		}
		out = append(out, anyJWT.FindAllString(text, -1)...)
	}
	return out
}
