package childenv

import (
	"encoding/pem"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"software.sslmate.com/src/go-pkcs12"

	"github.com/faultline-http/faultline/internal/ca"
)

// authority is the certificate of a new one.
func authority(t *testing.T) []byte {
	t.Helper()
	a, err := ca.Create(filepath.Join(t.TempDir(), "ca"), ca.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a.PEM()
}

func fileOf(t *testing.T, data []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "own.pem")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func made(t *testing.T, o Options) (*Made, environment) {
	t.Helper()
	o.Proxy, o.Folder = "127.0.0.1:4123", t.TempDir()
	m, err := Make(o)
	if err != nil {
		t.Fatal(err)
	}
	return m, m.Environ
}

func TestUsersOwnAuthoritiesStayTrusted(t *testing.T) {
	t.Parallel()
	ours, system, requests, node := authority(t), authority(t), authority(t), authority(t)
	m, e := made(t, Options{Authority: ours, Base: []string{
		"SSL_CERT_FILE=" + fileOf(t, slices.Concat(system, system)),
		"REQUESTS_CA_BUNDLE=" + fileOf(t, requests),
		"NODE_EXTRA_CA_CERTS=" + fileOf(t, node),
	}})
	read := func(name string) string {
		data, err := os.ReadFile(e.get(name))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return string(data)
	}
	if got, want := read("SSL_CERT_FILE"), string(slices.Concat(system, requests, node, ours)); got != want {
		t.Errorf("SSL_CERT_FILE holds %d certificates, want the user's three, once each, and ours", strings.Count(got, "BEGIN"))
	}
	if got, want := read("NODE_EXTRA_CA_CERTS"), string(slices.Concat(node, ours)); got != want {
		t.Errorf("NODE_EXTRA_CA_CERTS holds %d certificates, want the user's and ours", strings.Count(got, "BEGIN"))
	}
	if got, want := string(m.Roots), string(slices.Concat(system, requests, node)); got != want {
		t.Errorf("Roots are %d certificates, want the user's three and not ours", strings.Count(got, "BEGIN"))
	}
}

func TestSystemsAuthoritiesAreInTheBundle(t *testing.T) {
	t.Parallel()
	if len(parse(systemRoots())) == 0 {
		t.Skip("the system has no list of authorities: apt-get install ca-certificates")
	}
	m, e := made(t, Options{Authority: authority(t)})
	data, err := os.ReadFile(e.get("CURL_CA_BUNDLE"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(parse(data)), len(parse(systemRoots()))+1; got != want || len(parse(m.Roots)) != want-1 {
		t.Errorf("the bundle has %d certificates, want the system's and ours, %d", got, want)
	}
}

func TestBundleThatCannotBeReadIsNoted(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/no/such/file.pem", t.TempDir()} {
		m, _ := made(t, Options{Authority: authority(t), Base: []string{"PIP_CERT=" + path}})
		if len(m.Notes) != 1 || !strings.Contains(m.Notes[0], "PIP_CERT is not read: ") || !strings.Contains(m.Notes[0], path) {
			t.Errorf("notes on PIP_CERT=%s: %q, want one that names variable and path", path, m.Notes)
		}
	}
}

func TestProxyTakesThePlaceOfAnother(t *testing.T) {
	t.Parallel()
	base := []string{"PATH=/bin", "HTTPS_PROXY=http://corp:3128", "no_proxy=localhost", "NO_PROXY=localhost"}
	_, e := made(t, Options{Base: base})
	for _, name := range proxyVariables {
		if got, want := e.get(name), "http://127.0.0.1:4123"; got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if slices.ContainsFunc(e, func(kv string) bool { return strings.HasPrefix(strings.ToUpper(kv), "NO_PROXY=") }) {
		t.Errorf("NO_PROXY is set, so that calls to localhost would not be seen: %q", e)
	}
	if e.get("PATH") != "/bin" || base[1] != "HTTPS_PROXY=http://corp:3128" {
		t.Error("what has nothing to do with it changed, or the given environment did")
	}
	_, e = made(t, Options{NoProxy: []string{"db.internal", "::1"}})
	if got, want := e.get("no_proxy"), "db.internal,::1"; got != want {
		t.Errorf("no_proxy = %q, want %q", got, want)
	}
	if got := e.get("JAVA_TOOL_OPTIONS"); !strings.Contains(got, "-Dhttp.nonProxyHosts=db.internal|::1") {
		t.Errorf("JAVA_TOOL_OPTIONS = %q, want the exceptions of NO_PROXY in it", got)
	}
}

func TestWithoutAuthorityTrustIsLeftAlone(t *testing.T) {
	t.Parallel()
	_, e := made(t, Options{Base: []string{"SSL_CERT_FILE=/etc/own.pem"}})
	if got := e.get("SSL_CERT_FILE"); got != "/etc/own.pem" {
		t.Errorf("SSL_CERT_FILE = %q, want it as it was", got)
	}
	if e.get("CURL_CA_BUNDLE") != "" || strings.Contains(e.get("JAVA_TOOL_OPTIONS"), "trustStore") {
		t.Errorf("trust is set though nothing is intercepted: %q", e)
	}
}

func TestUsersOwnOptionsStay(t *testing.T) {
	t.Parallel()
	_, e := made(t, Options{Authority: authority(t), Base: []string{"NODE_OPTIONS=--max-old-space-size=99", "JAVA_TOOL_OPTIONS=-Xmx99m"}})
	if got := e.get("NODE_OPTIONS"); !strings.HasPrefix(got, "--max-old-space-size=99 --require ") {
		t.Errorf("NODE_OPTIONS = %q, want the user's and the preloaded file", got)
	}
	if got := e.get("JAVA_TOOL_OPTIONS"); !strings.HasSuffix(got, " -Xmx99m") {
		t.Errorf("JAVA_TOOL_OPTIONS = %q, want the user's last, so that they win", got)
	}
}

func TestPathsAreQuoted(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		`/tmp/a`: `"/tmp/a"`, `C:\Users\a b`: `"C:\\Users\\a b"`, `/tmp/a"b`: `"/tmp/a\"b"`,
	} {
		if got := quoteNode(path); got != want {
			t.Errorf("quoteNode(%s) = %s, want %s", path, got, want)
		}
	}
	for option, want := range map[string]string{`-Da=b`: `-Da=b`, `-Da=b c`: `"-Da=b c"`, `-Da=b" c`: `'-Da=b" c'`} {
		if got := quoteJava(option); got != want {
			t.Errorf("quoteJava(%s) = %s, want %s", option, got, want)
		}
	}
}

func TestJavaStoreHoldsAllAndSkipsGarbage(t *testing.T) {
	t.Parallel()
	broken := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte("no certificate")})
	store, err := javaTrustStore(slices.Concat(authority(t), broken, authority(t)))
	if err != nil {
		t.Fatal(err)
	}
	certs, err := pkcs12.DecodeTrustStore(store, javaPassword)
	if err != nil || len(certs) != 2 {
		t.Errorf("the store has %d certificates (%v), want 2", len(certs), err)
	}
}
