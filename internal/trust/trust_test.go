package trust

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/internal/ca"
)

func newAuthority(t *testing.T) (Authority, *ca.Authority) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "ca")
	a, err := ca.Create(folder, ca.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return Authority{Cert: a.Certificate(), File: ca.CertPath(folder)}, a
}

// machine is one with these files (a name that ends with a slash is a folder)
// and programs.
func machine(t *testing.T, os string, files, programs []string) *Machine {
	t.Helper()
	root := t.TempDir()
	for _, name := range files {
		write(t, filepath.Join(root, name), strings.HasSuffix(name, "/"))
	}
	return &Machine{
		OS: os, Root: root, Home: filepath.Join(root, "home"), JavaHome: filepath.Join(root, "java"),
		LookPath: func(program string) (string, error) {
			if slices.Contains(programs, program) {
				return "/bin/" + program, nil
			}
			return "", exec.ErrNotFound
		},
	}
}

func write(t *testing.T, name string, folder bool) {
	t.Helper()
	if folder {
		if err := os.MkdirAll(name, 0o700); err != nil {
			t.Fatal(err)
		}
		return
	}
	write(t, filepath.Dir(name), true)
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

// lines is a plan as somebody would type it.
func lines(m *Machine, a Authority) (out []string) {
	tidy := strings.NewReplacer(m.Root, "", a.File, "CA", a.Name(), "NAME", a.short(), "SHORT", a.sha1(), "SHA1")
	for _, e := range m.Plan(a) {
		if e.Missing != "" {
			out = append(out, string(e.Kind)+" - "+tidy.Replace(e.Missing))
		}
		for _, s := range e.Install {
			out = append(out, string(e.Kind)+" + "+tidy.Replace(m.Command(s)))
		}
		for _, s := range e.Remove {
			out = append(out, string(e.Kind)+" < "+tidy.Replace(m.Command(s)))
		}
	}
	return out
}

func TestPlan(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the plans of other systems have other paths there")
	}
	a, _ := newAuthority(t)
	tests := []struct {
		name            string
		os              string
		files, programs []string
		want            []string
	}{
		{
			"Debian", "linux",
			[]string{"usr/local/share/ca-certificates/", "home/.pki/nssdb/cert9.db", "home/.mozilla/firefox/a b.default/cert9.db", "home/.mozilla/firefox/Crash Reports/x", "java/lib/security/cacerts", "java/bin/keytool"},
			[]string{"update-ca-certificates", "certutil", "sudo"},
			[]string{
				"system + sudo install -m 0644 CA /usr/local/share/ca-certificates/SHORT.crt",
				"system + sudo update-ca-certificates",
				"system < sudo rm -f /usr/local/share/ca-certificates/SHORT.crt",
				"system < sudo update-ca-certificates",
				"nss + certutil -A -d sql:/home/.pki/nssdb -t C,, -n 'NAME' -i CA",
				"nss < certutil -D -d sql:/home/.pki/nssdb -n 'NAME'",
				"nss + certutil -A -d 'sql:/home/.mozilla/firefox/a b.default' -t C,, -n 'NAME' -i CA",
				"nss < certutil -D -d 'sql:/home/.mozilla/firefox/a b.default' -n 'NAME'",
				"java + /java/bin/keytool -importcert -noprompt -keystore /java/lib/security/cacerts -storepass changeit -alias SHORT -file CA",
				"java < /java/bin/keytool -delete -noprompt -keystore /java/lib/security/cacerts -storepass changeit -alias SHORT",
			},
		},
		{
			"Fedora, no certutil", "linux",
			[]string{"etc/pki/ca-trust/source/anchors/", "usr/local/share/ca-certificates/", "home/.mozilla/firefox/x/cert9.db"},
			[]string{"update-ca-trust", "sudo"},
			[]string{
				"system + sudo install -m 0644 CA /etc/pki/ca-trust/source/anchors/SHORT.crt",
				"system + sudo update-ca-trust extract",
				"system < sudo rm -f /etc/pki/ca-trust/source/anchors/SHORT.crt",
				"system < sudo update-ca-trust extract",
				"nss - certutil is not installed: apt-get install libnss3-tools, dnf install nss-tools, pacman -S nss, brew install nss",
			},
		},
		{
			"Arch", "linux",
			[]string{"etc/ca-certificates/trust-source/anchors/"},
			[]string{"trust", "sudo"},
			[]string{
				"system + sudo install -m 0644 CA /etc/ca-certificates/trust-source/anchors/SHORT.crt",
				"system + sudo trust extract-compat",
				"system < sudo rm -f /etc/ca-certificates/trust-source/anchors/SHORT.crt",
				"system < sudo trust extract-compat",
			},
		},
		{
			"macOS", "darwin",
			[]string{"java/lib/security/cacerts"},
			[]string{"security"},
			[]string{
				"system + security add-trusted-cert -r trustRoot -k /home/Library/Keychains/login.keychain-db CA",
				"system < security delete-certificate -Z SHA1 -t /home/Library/Keychains/login.keychain-db",
				"java - it has no keytool: install the JDK",
			},
		},
		{
			"Windows", "windows",
			[]string{"home/.pki/nssdb/cert9.db"},
			[]string{"certutil"},
			[]string{
				"system + certutil -user -addstore Root CA",
				"system < certutil -user -delstore Root SHA1",
			},
		},
		{
			"a system that is not known", "plan9", nil, nil,
			[]string{"system - how this system keeps its authorities is not known here; on Debian: apt-get install ca-certificates"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, lines(machine(t, tt.os, tt.files, tt.programs), a)); diff != "" {
				t.Errorf("plan (-want +got):\n%s", diff)
			}
		})
	}
}

func TestListThatTheSystemKeepsIsLeftToIt(t *testing.T) {
	t.Parallel()
	m := machine(t, "linux", []string{"etc/ssl/certs/java/cacerts", "java/bin/keytool", "java/lib/security/"}, nil)
	if err := os.Symlink(filepath.Join(m.Root, "etc/ssl/certs/java/cacerts"), filepath.Join(m.JavaHome, "lib/security/cacerts")); err != nil {
		t.Skip(err)
	}
	a, _ := newAuthority(t)
	if got := m.java(a); len(got) != 0 {
		t.Errorf("a plan for a list that update-ca-certificates writes: %+v", got)
	}
}

func TestWhatTakesRootIsNotDoneWithoutSudo(t *testing.T) {
	t.Parallel()
	m := machine(t, "linux", nil, nil)
	file := filepath.Join(m.Root, "file")
	write(t, file, false)
	err := m.Do(context.Background(), Step{Delete: file, Root: true})
	if !errors.Is(err, ErrNeedsRoot) || !isFile(file) {
		t.Errorf("Do = %v, the file is still there: %v; want ErrNeedsRoot and the file", err, isFile(file))
	}
	m.Admin = true
	for range 2 { // what is gone already is no error
		if err := m.Do(context.Background(), Step{Delete: file, Root: true}); err != nil || isFile(file) {
			t.Errorf("Do as root = %v, want it deleted", err)
		}
	}
}

func TestProgramThatFailsIsQuoted(t *testing.T) {
	t.Parallel()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell")
	}
	m := machine(t, "linux", nil, nil)
	m.LookPath = func(string) (string, error) { return sh, nil }
	err = m.Do(context.Background(), Step{Run: []string{"sh", "-c", "echo one; echo two >&2; exit 3"}})
	if err == nil || !strings.Contains(err.Error(), "exit status 3: one; two") {
		t.Errorf("Do = %v, want the status and what the program said", err)
	}
}

// TestRealStoresTakeTheAuthorityAndLoseIt asks the programs themselves whether
// they know the authority, before and after.
func TestRealStoresTakeTheAuthorityAndLoseIt(t *testing.T) {
	t.Parallel()
	tests := []struct {
		kind    Kind
		program string
		install string
		prepare func(t *testing.T, m *Machine) error
		list    func(m *Machine) *exec.Cmd
	}{
		{
			NSS, "certutil", "apt-get install libnss3-tools",
			func(t *testing.T, m *Machine) error {
				folder := filepath.Join(m.Home, ".pki/nssdb")
				write(t, folder, true)
				return exec.Command("certutil", "-N", "-d", "sql:"+folder, "--empty-password").Run()
			},
			func(m *Machine) *exec.Cmd {
				return exec.Command("certutil", "-L", "-d", "sql:"+filepath.Join(m.Home, ".pki/nssdb"))
			},
		},
		{
			Java, "keytool", "apt-get install default-jdk-headless",
			func(t *testing.T, m *Machine) error {
				keytool, err := exec.LookPath("keytool")
				if err != nil {
					return err
				}
				target, err := filepath.EvalSymlinks(keytool)
				if err != nil {
					return err
				}
				write(t, filepath.Join(m.JavaHome, "lib/security"), true)
				write(t, filepath.Join(m.JavaHome, "bin"), true)
				err = os.WriteFile(filepath.Join(m.JavaHome, "bin/keytool"), fmt.Appendf(nil, "#!/bin/sh\nexec %s \"$@\"\n", target), 0o700)
				store := filepath.Join(m.JavaHome, "lib/security/cacerts")
				a, _ := newAuthority(t) // a store comes into being with its first certificate
				_, err2 := exec.Command(keytool, "-importcert", "-noprompt", "-keystore", store, "-storepass", javaPassword, "-alias", "other", "-file", a.File).CombinedOutput()
				return errors.Join(err, err2)
			},
			func(m *Machine) *exec.Cmd {
				return exec.Command("keytool", "-list", "-keystore", filepath.Join(m.JavaHome, "lib/security/cacerts"), "-storepass", javaPassword)
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.program, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(tt.program); err != nil || runtime.GOOS != "linux" {
				if os.Getenv("FAULTLINE_REQUIRE_SERVICES") != "" {
					t.Fatalf("%s is not installed: %s", tt.program, tt.install)
				}
				t.Skipf("%s is not installed: %s", tt.program, tt.install)
			}
			m := machine(t, "linux", nil, nil)
			m.LookPath = func(program string) (string, error) {
				if program == "java" {
					return "", exec.ErrNotFound
				}
				return exec.LookPath(program)
			}
			if err := tt.prepare(t, m); err != nil {
				t.Fatal(err)
			}
			a, _ := newAuthority(t)
			known := func() bool {
				out, err := tt.list(m).CombinedOutput()
				if err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
				return strings.Contains(string(out), a.Name()) || strings.Contains(string(out), a.short())
			}
			record, err := OpenRecord(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range m.Plan(a) {
				if e.Kind != tt.kind {
					continue
				}
				steps(t, m, e.Install)
				if err := record.Add(e, a); err != nil {
					t.Fatal(err)
				}
			}
			if !known() {
				t.Fatal("after the installation the store does not know the authority")
			}
			for _, made := range slices.Clone(record.Made) {
				e, err := m.Undo(made)
				if err != nil {
					t.Fatal(err)
				}
				steps(t, m, e.Remove)
				if err := record.Drop(made); err != nil {
					t.Fatal(err)
				}
			}
			if known() {
				t.Error("after the removal the store still knows the authority")
			}
		})
	}
}

func steps(t *testing.T, m *Machine, steps []Step) {
	t.Helper()
	if len(steps) == 0 {
		t.Fatal("there are no steps")
	}
	for _, s := range steps {
		if err := m.Do(context.Background(), s); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRecordKnowsWhatWasMade(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "data")
	a, _ := newAuthority(t)
	b, _ := newAuthority(t)
	e := Entry{Kind: System, Path: "/x"}
	r, err := OpenRecord(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(r.Add(e, a), r.Add(e, a)); err != nil {
		t.Fatal(err)
	}
	r, err = OpenRecord(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Made) != 1 || !r.Has(e, a) || r.Has(e, b) || r.Other(a) != "" || r.Other(b) != a.Name() {
		t.Errorf("the record is %+v: want one store, of the first authority", r.Made)
	}
	if err := r.Drop(r.Made[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, recordName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty record is still a file (%v)", err)
	}
	if err := os.WriteFile(filepath.Join(folder, recordName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenRecord(folder); err == nil || !strings.Contains(err.Error(), recordName) {
		t.Errorf("a record that cannot be read: %v, want an error that names it", err)
	}
}

func TestStoreThatIsGoneNeedsNothing(t *testing.T) {
	t.Parallel()
	a, _ := newAuthority(t)
	m := machine(t, "linux", nil, nil)
	for _, kind := range Kinds() {
		e, err := m.Undo(Made{Kind: kind, Path: filepath.Join(m.Root, "gone"), Authority: a.Name(), Cert: a.Cert.Raw})
		if err != nil || len(e.Remove) != 0 || e.Missing != "" {
			t.Errorf("%s: %+v, %v; want nothing to do", kind, e, err)
		}
	}
}

// TestLeafChainsToWhatIsInstalled is the point of it all: the file that the
// stores get is the authority that signs.
func TestLeafChainsToWhatIsInstalled(t *testing.T) {
	t.Parallel()
	a, authority := newAuthority(t)
	leaf, err := authority.Leaf("api.example.com")
	if err != nil {
		t.Fatal(err)
	}
	if err := leaf.Leaf.CheckSignatureFrom(a.Cert); err != nil {
		t.Error(err)
	}
	if _, err := tls.LoadX509KeyPair(a.File, filepath.Join(filepath.Dir(a.File), "ca.key")); err != nil {
		t.Errorf("certificate and key do not fit: %v", err)
	}
}
