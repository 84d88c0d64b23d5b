package trust

import (
	"os"
	"path/filepath"
	"strings"
)

// javaPassword is what Java's own list of authorities comes with.
const javaPassword = "changeit"

// managed are folders of lists that the system writes itself when its own store
// changes.
var managed = []string{"/etc/ssl/certs/java/", "/etc/pki/ca-trust/extracted/java/", "/etc/ca-certificates/extracted/java"}

// java are the lists of the Java installations that programs of this user get:
// that of JAVA_HOME and that of the path.
func (m *Machine) java(a Authority) []Entry {
	var out []Entry
	seen := map[string]bool{}
	for _, home := range m.javaHomes() {
		store, ok := m.cacerts(home)
		if !ok || seen[store] {
			continue
		}
		seen[store] = true
		e := Entry{Kind: Java, Store: "Java in " + home, Path: store}
		if keytool := m.keytool(home); keytool == "" {
			e.Missing = "it has no keytool: install the JDK"
		} else {
			e.Install, e.Remove = javaSteps(a, keytool, store)
		}
		out = append(out, e)
	}
	return out
}

func javaSteps(a Authority, keytool, store string) (install, remove []Step) {
	root := !writable(store)
	install = []Step{{
		Does: "adds the certificate to " + store, Root: root,
		Run: []string{keytool, "-importcert", "-noprompt", "-keystore", store, "-storepass", javaPassword, "-alias", a.short(), "-file", a.File},
	}}
	remove = []Step{{
		Does: "takes the certificate out of " + store, Root: root,
		Run: []string{keytool, "-delete", "-noprompt", "-keystore", store, "-storepass", javaPassword, "-alias", a.short()},
	}}
	return install, remove
}

func (m *Machine) javaHomes() []string {
	var homes []string
	if m.JavaHome != "" {
		homes = append(homes, m.JavaHome)
	}
	if program, err := m.LookPath("java"); err == nil {
		if target, err := filepath.EvalSymlinks(program); err == nil {
			homes = append(homes, filepath.Dir(filepath.Dir(target)))
		}
	}
	return homes
}

// cacerts finds the list of an installation, unless the system keeps it.
func (m *Machine) cacerts(home string) (store string, ok bool) {
	for _, name := range []string{"lib/security/cacerts", "jre/lib/security/cacerts"} { // Java 8 has the second
		target, err := filepath.EvalSymlinks(filepath.Join(home, name))
		if err != nil {
			continue
		}
		for _, folder := range managed {
			if strings.HasPrefix(target, m.path(folder)) {
				return "", false
			}
		}
		return target, true
	}
	return "", false
}

func (m *Machine) keytool(home string) string {
	for _, name := range []string{"keytool", "keytool.exe"} {
		if file := filepath.Join(home, "bin", name); isFile(file) {
			return file
		}
	}
	return ""
}

// writable reports whether a file can be changed by who we are.
func writable(name string) bool {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return false
	}
	return f.Close() == nil
}
