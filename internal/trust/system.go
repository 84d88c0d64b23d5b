package trust

import (
	"path"
	"path/filepath"
)

// anchors are where distributions take authorities of their administrator from.
// The first whose folder and program are there counts.
var anchors = []struct {
	name, folder string
	update       []string
}{
	{"Fedora, RHEL", "/etc/pki/ca-trust/source/anchors", []string{"update-ca-trust", "extract"}},
	{"Arch", "/etc/ca-certificates/trust-source/anchors", []string{"trust", "extract-compat"}},
	{"openSUSE", "/etc/pki/trust/anchors", []string{"update-ca-certificates"}},
	{"Debian, Ubuntu, Alpine", "/usr/local/share/ca-certificates", []string{"update-ca-certificates"}},
}

// system is the store of the system, which is that of the user where a user has
// one: then it takes no root.
func (m *Machine) system(a Authority) []Entry {
	switch m.OS {
	case "darwin":
		keychain := filepath.Join(m.Home, "Library/Keychains/login.keychain-db")
		return []Entry{{
			Kind: System, Store: "login keychain of macOS", Path: keychain,
			Install: []Step{{
				Does: "adds the certificate to the login keychain; macOS asks for the password in a window",
				Run:  []string{"security", "add-trusted-cert", "-r", "trustRoot", "-k", keychain, a.File},
			}},
			Remove: []Step{{
				Does: "takes certificate and trust out of the login keychain",
				Run:  []string{"security", "delete-certificate", "-Z", a.sha1(), "-t", keychain},
			}},
		}}
	case "windows":
		return []Entry{{
			Kind: System, Store: "the user's trusted root authorities in Windows", Path: `Cert:\CurrentUser\Root`,
			Install: []Step{{
				Does: "adds the certificate to the user's trusted roots; Windows asks in a window",
				Run:  []string{"certutil", "-user", "-addstore", "Root", a.File},
			}},
			Remove: []Step{{
				Does: "takes the certificate out of the user's trusted roots",
				Run:  []string{"certutil", "-user", "-delstore", "Root", a.sha1()},
			}},
		}}
	}
	return m.anchors(a)
}

func (m *Machine) anchors(a Authority) []Entry {
	for _, s := range anchors {
		folder := m.path(s.folder)
		if !isDir(folder) || !m.has(s.update[0]) {
			continue
		}
		file := filepath.Join(folder, a.short()+".crt")
		update := Step{Does: "has the system put its list together anew", Run: s.update, Root: true}
		return []Entry{{
			Kind: System, Store: "the system's store (" + s.name + ")", Path: file,
			Install: []Step{{Does: "copies the certificate to " + file, From: a.File, Copy: file, Root: true}, update},
			Remove:  []Step{{Does: "deletes " + file, Delete: file, Root: true}, update},
		}}
	}
	return []Entry{{
		Kind: System, Store: "the system's store", Path: path.Join("/etc/ssl", m.OS),
		Missing: "how this system keeps its authorities is not known here; on Debian: apt-get install ca-certificates",
	}}
}
