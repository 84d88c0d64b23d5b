package trust

import (
	"crypto/x509"
	"path/filepath"
	"slices"
)

// Undo is how a store is changed back. The entry has no steps, and no Missing
// either, if the store is gone: then there is nothing to be done.
func (m *Machine) Undo(made Made) (Entry, error) {
	cert, err := x509.ParseCertificate(made.Cert)
	if err != nil {
		return Entry{}, err
	}
	a := Authority{Cert: cert}
	gone := Entry{Kind: made.Kind, Path: made.Path, Store: made.Path}
	switch made.Kind {
	case NSS:
		if isFile(filepath.Join(made.Path, "cert9.db")) {
			return m.database(a, "the browser's database", made.Path), nil
		}
		return gone, nil
	case Java:
		return m.undoJava(a, made), nil
	}
	for _, e := range m.system(a) {
		if e.Path == made.Path {
			return e, nil
		}
	}
	return gone, nil
}

// undoJava also finds the list of an installation that is not the user's
// present one.
func (m *Machine) undoJava(a Authority, made Made) Entry {
	e := Entry{Kind: Java, Path: made.Path, Store: "Java's list " + made.Path}
	if !isFile(made.Path) {
		return e
	}
	above := filepath.Dir(filepath.Dir(filepath.Dir(made.Path))) // of lib/security
	homes := append([]string{above, filepath.Dir(above)}, m.javaHomes()...)
	i := slices.IndexFunc(homes, func(home string) bool { return m.keytool(home) != "" })
	if i < 0 {
		e.Missing = "its keytool is gone: take the alias " + a.short() + " out with another one"
		return e
	}
	_, e.Remove = javaSteps(a, m.keytool(homes[i]), made.Path)
	return e
}
