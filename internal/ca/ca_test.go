package ca

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// made is a new authority in a folder of the test.
func made(t *testing.T, o Options) (a *Authority, folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "data", "ca")
	a, err := Create(folder, o)
	if err != nil {
		t.Fatal(err)
	}
	return a, folder
}

// verify is what a client that trusts the authority makes of its certificate.
func verify(a *Authority, host string) error {
	leaf, err := a.Leaf(host)
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AddCert(a.Certificate())
	_, err = leaf.Leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: host})
	return err
}

func TestLeafIsAcceptedForItsHost(t *testing.T) {
	t.Parallel()
	a, _ := made(t, Options{})
	for _, host := range []string{"api.example.com", "localhost", "127.0.0.1", "::1", "xn--bcher-kva.example", "my_service", strings.Repeat("a", 63) + ".example.com"} {
		if err := verify(a, host); err != nil {
			t.Errorf("certificate for %s: %v", host, err)
		}
	}
}

func TestLeafSpellsTheHostAsCertificatesDo(t *testing.T) {
	t.Parallel()
	a, _ := made(t, Options{})
	tests := []struct {
		host, dns string
		ip        string
	}{
		{"API.Example.COM", "api.example.com", ""},
		{"api.example.com.", "api.example.com", ""},
		{"bücher.example", "xn--bcher-kva.example", ""},
		{"[2001:db8::1]", "", "2001:db8::1"},
		{"fe80::1%eth0", "", "fe80::1"},
		{"::ffff:192.0.2.1", "", "192.0.2.1"},
	}
	for _, tt := range tests {
		leaf, err := a.Leaf(tt.host)
		if err != nil {
			t.Errorf("Leaf(%q): %v", tt.host, err)
			continue
		}
		dns, ips := strings.Join(leaf.Leaf.DNSNames, " "), leaf.Leaf.IPAddresses
		if dns != tt.dns || (tt.ip == "") != (len(ips) == 0) || tt.ip != "" && !ips[0].Equal(net.ParseIP(tt.ip)) {
			t.Errorf("Leaf(%q) is for names %q and addresses %v, want %q and %q", tt.host, dns, ips, tt.dns, tt.ip)
		}
	}
}

func TestWhatIsNoHostGetsNoLeaf(t *testing.T) {
	t.Parallel()
	a, _ := made(t, Options{})
	for _, host := range []string{"", ".", "a..b", "a b", "a/b", "a\x00b", "*.example.com", strings.Repeat("a", 64) + ".example.com", strings.Repeat("a.", 200)} {
		if _, err := a.Leaf(host); err == nil {
			t.Errorf("Leaf(%q) made a certificate", host)
		}
		if a.Permits(host) {
			t.Errorf("Permits(%q) is true", host)
		}
	}
}

func TestLeafIsShortLivedAndForServersOnly(t *testing.T) {
	t.Parallel()
	a, _ := made(t, Options{})
	leaf, err := a.Leaf("api.example.com")
	if err != nil {
		t.Fatal(err)
	}
	c := leaf.Leaf
	if span := c.NotAfter.Sub(c.NotBefore); span > leafValid+backdated {
		t.Errorf("it is valid for %s, want at most %s", span, leafValid+backdated)
	}
	if age := time.Since(c.NotBefore); age > backdated+time.Minute {
		t.Errorf("it is valid since %s ago, want %s at most", age, backdated)
	}
	if c.IsCA || len(c.ExtKeyUsage) != 1 || c.ExtKeyUsage[0] != x509.ExtKeyUsageServerAuth {
		t.Errorf("IsCA %v, usages %v: want a server's and nothing else", c.IsCA, c.ExtKeyUsage)
	}
	other, err := a.Leaf("other.example.com")
	if err != nil {
		t.Fatal(err)
	}
	if leaf.PrivateKey != other.PrivateKey {
		t.Error("two leaves have two keys, want one for all")
	}
}

func TestConstrainedAuthorityIsHeldToItsHosts(t *testing.T) {
	t.Parallel()
	names, _ := made(t, Options{Only: []string{"api.example.com", "Bücher.example"}})
	addresses, _ := made(t, Options{Only: []string{"127.0.0.1", "::1"}})
	tests := []struct {
		a    *Authority
		host string
		want bool
	}{
		{names, "api.example.com", true},
		{names, "v2.api.example.com", true},
		{names, "xn--bcher-kva.example", true},
		{names, "example.com", false},
		{names, "evilapi.example.com", false},
		{names, "192.0.2.1", false},
		{names, "::1", false},
		{addresses, "127.0.0.1", true},
		{addresses, "::1", true},
		{addresses, "127.0.0.2", false},
		{addresses, "localhost", false},
	}
	for _, tt := range tests {
		if got := tt.a.Permits(tt.host); got != tt.want {
			t.Errorf("an authority only for %v: Permits(%q) = %v, want %v", tt.a.Only(), tt.host, got, tt.want)
		}
		if err := verify(tt.a, tt.host); (err == nil) != tt.want {
			t.Errorf("an authority only for %v: a client that verifies %q got %v, want accepted %v", tt.a.Only(), tt.host, err, tt.want)
		}
	}
}

// TestOpenSSLAgreesOnConstraints asks a second implementation.
func TestOpenSSLAgreesOnConstraints(t *testing.T) {
	t.Parallel()
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed: apt-get install openssl")
	}
	a, folder := made(t, Options{Only: []string{"api.example.com"}})
	for host, want := range map[string]bool{"api.example.com": true, "www.example.com": false, "127.0.0.1": false} {
		leaf, err := a.Leaf(host)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "leaf.pem")
		if err := os.WriteFile(file, pemOf(leaf), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(openssl, "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", CertPath(folder), file).CombinedOutput()
		if (err == nil) != want {
			t.Errorf("openssl verify for %s: %v, want accepted %v\n%s", host, err, want, out)
		}
	}
}

func pemOf(leaf *tls.Certificate) []byte {
	return newAuthority(leaf.Leaf, nil).PEM()
}

func TestOpenMakesOneAndFindsItAgain(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "ca")
	var wg sync.WaitGroup
	got := make([]string, 8)
	for i := range got {
		wg.Go(func() {
			a, err := Open(folder)
			if err != nil {
				t.Error(err)
				return
			}
			got[i] = a.Fingerprint()
		})
	}
	wg.Wait()
	for _, g := range got {
		if g != got[0] {
			t.Fatalf("programs at the same time got different authorities: %q", got)
		}
	}
	entries, err := os.ReadDir(filepath.Dir(folder))
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the folder stand %v (%v), want nothing", entries, err)
	}
	if _, err := Create(folder, Options{}); !errors.Is(err, ErrExists) {
		t.Errorf("Create where there is one = %v, want ErrExists", err)
	}
}

func TestFilesAreForTheirOwnerAlone(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("rights are inherited there")
	}
	_, folder := made(t, Options{})
	for name, want := range map[string]fs.FileMode{folder: 0o700, filepath.Join(folder, keyFile): 0o600} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("mode of %s is %04o, want %04o", filepath.Base(name), got, want)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	other, _ := made(t, Options{})
	tests := []struct {
		name  string
		spoil func(folder string) error
		want  string
	}{
		{"nothing there", os.RemoveAll, "no such file"},
		{"no key", func(f string) error { return os.Remove(filepath.Join(f, keyFile)) }, "a certificate and no key"},
		{"two authorities mixed", func(f string) error { return os.WriteFile(CertPath(f), other.PEM(), 0o600) }, "of two authorities"},
		{"two certificates in a file", func(f string) error {
			return appendTo(CertPath(f), string(other.PEM()))
		}, "more than one block"},
		{"garbage", func(f string) error { return os.WriteFile(CertPath(f), []byte("hello"), 0o600) }, "does not begin with a CERTIFICATE"},
		{"a key in place of the certificate", func(f string) error {
			data, err := os.ReadFile(filepath.Join(f, keyFile))
			return errors.Join(err, os.WriteFile(CertPath(f), data, 0o600))
		}, "does not begin with a CERTIFICATE"},
		{"huge", func(f string) error { return os.WriteFile(CertPath(f), make([]byte, maxFile+1), 0o600) }, "larger than"},
		{"a key for all to read", func(f string) error { return os.Chmod(filepath.Join(f, keyFile), 0o644) }, "can be read by others (mode 0644): `chmod 600 "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if runtime.GOOS == "windows" && strings.HasPrefix(tt.name, "a key for all") {
				t.Skip("rights are inherited there")
			}
			_, folder := made(t, Options{})
			if err := tt.spoil(folder); err != nil {
				t.Fatal(err)
			}
			_, err := Load(folder)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Load = %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func appendTo(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

func TestValidityHasABound(t *testing.T) {
	t.Parallel()
	for _, valid := range []time.Duration{-time.Hour, MaxValid + time.Hour} {
		if _, err := Create(filepath.Join(t.TempDir(), "ca"), Options{Valid: valid}); err == nil {
			t.Errorf("an authority for %s was made", valid)
		}
	}
}

func TestTimePasses(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "ca")
	synctest.Test(t, func(t *testing.T) {
		a, err := Create(folder, Options{Valid: 30 * 24 * time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		leaf := func() *tls.Certificate {
			l, err := a.Leaf("api.example.com")
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		first := leaf()
		time.Sleep(5 * 24 * time.Hour)
		if leaf() != first {
			t.Error("after five days there is a new certificate, want the same")
		}
		time.Sleep(25 * time.Hour)
		if leaf() == first {
			t.Error("on its last day the certificate is still handed out, want a new one")
		}
		time.Sleep(22 * 24 * time.Hour)
		if end := leaf().Leaf.NotAfter; end.After(a.Expires()) {
			t.Errorf("the certificate is valid until %s, longer than its authority (%s)", end, a.Expires())
		}
		time.Sleep(3 * 24 * time.Hour)
		var expired *ExpiredError
		if _, err := a.Leaf("new.example.com"); !errors.As(err, &expired) {
			t.Errorf("Leaf of an expired authority = %v, want ExpiredError", err)
		}
		if _, err := Load(folder); !errors.As(err, &expired) {
			t.Errorf("Load of an expired authority = %v, want ExpiredError", err)
		}
	})
}

func TestLeavesAreSharedAndBounded(t *testing.T) {
	t.Parallel()
	a, _ := made(t, Options{})
	got := make([]*tls.Certificate, 16)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() { got[i], _ = a.Leaf("API.example.com") })
	}
	wg.Wait()
	for _, g := range got {
		if g == nil || g != got[0] {
			t.Fatalf("callers at the same time got different certificates")
		}
	}
	for i := range maxLeaves + 10 {
		if _, err := a.Leaf(fmt.Sprintf("h%d.example.com", i)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(a.leaves.byHost); n != maxLeaves || a.leaves.used.Len() != n {
		t.Errorf("%d certificates are kept, %d in order, want %d", n, a.leaves.used.Len(), maxLeaves)
	}
	if again, _ := a.Leaf("api.example.com"); again == got[0] {
		t.Error("the one unused for longest was kept")
	}
}

func FuzzLeaf(f *testing.F) {
	for _, host := range []string{"api.example.com", "[::1]", "bücher.example", "a..b", "fe80::1%x", "xn--a"} {
		f.Add(host)
	}
	a, err := generate(Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, host string) {
		leaf, err := a.Leaf(host)
		if (err == nil) != a.Permits(host) {
			t.Fatalf("Leaf(%q): %v, and Permits says %v", host, err, a.Permits(host))
		}
		if err == nil && len(leaf.Leaf.DNSNames)+len(leaf.Leaf.IPAddresses) != 1 {
			t.Fatalf("Leaf(%q) is for %q and %v, want one host", host, leaf.Leaf.DNSNames, leaf.Leaf.IPAddresses)
		}
	})
}
