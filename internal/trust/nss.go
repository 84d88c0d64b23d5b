package trust

import (
	"path/filepath"
	"slices"
)

// profiles are where browsers on NSS keep their databases, below the user's
// home folder.
var profiles = []struct{ browser, pattern string }{
	{"Chromium", ".pki/nssdb"},
	{"Chromium (snap)", "snap/chromium/current/.pki/nssdb"},
	{"Firefox", ".mozilla/firefox/*"},
	{"Firefox", ".config/mozilla/firefox/*"},
	{"Firefox (snap)", "snap/firefox/common/.mozilla/firefox/*"},
	{"Firefox (flatpak)", ".var/app/org.mozilla.firefox/.mozilla/firefox/*"},
	{"Firefox", "Library/Application Support/Firefox/Profiles/*"},
}

// nss are the databases of the user's browsers. Those on Windows take the
// system's authorities.
func (m *Machine) nss(a Authority) []Entry {
	if m.OS == "windows" || m.Home == "" {
		return nil
	}
	var out []Entry
	for _, p := range profiles {
		found, _ := filepath.Glob(filepath.Join(m.Home, p.pattern)) // the patterns are well-formed
		slices.Sort(found)
		for _, folder := range found {
			if isFile(filepath.Join(folder, "cert9.db")) {
				out = append(out, m.database(a, p.browser, folder))
			}
		}
	}
	return out
}

func (m *Machine) database(a Authority, browser, folder string) Entry {
	e := Entry{Kind: NSS, Store: browser, Path: folder}
	if !m.has("certutil") {
		e.Missing = "certutil is not installed: apt-get install libnss3-tools, dnf install nss-tools, pacman -S nss, brew install nss"
		return e
	}
	e.Install = []Step{{
		Does: "adds the certificate to " + folder,
		Run:  []string{"certutil", "-A", "-d", "sql:" + folder, "-t", "C,,", "-n", a.Name(), "-i", a.File},
	}}
	e.Remove = []Step{{
		Does: "takes the certificate out of " + folder,
		Run:  []string{"certutil", "-D", "-d", "sql:" + folder, "-n", a.Name()},
	}}
	return e
}
