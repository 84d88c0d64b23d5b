package childenv

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
)

// systemBundles are where systems keep their authorities in one file; the first
// that is there counts. The list is that of Go's crypto/x509.
var systemBundles = []string{
	"/etc/ssl/certs/ca-certificates.crt",                // Debian, Ubuntu, Gentoo, Arch
	"/etc/pki/tls/certs/ca-bundle.crt",                  // Fedora, RHEL 6
	"/etc/ssl/ca-bundle.pem",                            // openSUSE
	"/etc/pki/tls/cacert.pem",                           // OpenELEC
	"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // RHEL 7
	"/etc/ssl/cert.pem",                                 // Alpine, macOS, OpenBSD
	"/usr/local/etc/ssl/cert.pem",                       // FreeBSD
}

// maxBundle bounds a file of authorities: the usual one has 220 KiB.
const maxBundle = 8 << 20

// Roots are the authorities that programs of an environment trust, PEM: the
// system's, and those that its variables name. The notes tell which of these
// cannot be read.
func Roots(environ []string) (roots []byte, notes []string) {
	roots = collectRoots(environ, &notes)
	return roots, notes
}

// collectRoots is what programs of this environment trust: the system's
// authorities, or what replaces them, and what the user's variables name.
func collectRoots(e environment, notes *[]string) []byte {
	seen := map[[32]byte]bool{}
	var out bytes.Buffer
	if e.get("SSL_CERT_FILE") == "" {
		appendCertificates(&out, systemRoots(), seen)
	}
	for _, names := range [][]string{bundleVariables, addingVariables} {
		for _, name := range names {
			path := e.get(name)
			if path == "" {
				continue
			}
			data, err := readPEM(path)
			if err != nil {
				*notes = append(*notes, fmt.Sprintf("%s is not read: %v", name, err))
			}
			appendCertificates(&out, data, seen)
		}
	}
	return out.Bytes()
}

func firstBundle() []byte {
	for _, path := range systemBundles {
		if data, err := readPEM(path); err == nil {
			return data
		}
	}
	return nil
}

// readPEM reads a file of certificates; none is no data.
func readPEM(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a file", path) // requests takes folders, too
	case info.Size() > maxBundle:
		return nil, fmt.Errorf("%s is larger than a list of authorities", path)
	}
	data, err := os.ReadFile(path)
	if len(data) > 0 && data[len(data)-1] != '\n' {
		data = append(data, '\n')
	}
	return data, err
}

// appendCertificates adds each certificate once, without the comments around it.
func appendCertificates(out *bytes.Buffer, data []byte, seen map[[32]byte]bool) {
	for block := range blocks(data) {
		if sum := sha256.Sum256(block.Bytes); !seen[sum] {
			seen[sum] = true
			_ = pem.Encode(out, &pem.Block{Type: "CERTIFICATE", Bytes: block.Bytes}) // a buffer takes all
		}
	}
}

// blocks are the certificates in PEM text.
func blocks(data []byte) func(yield func(*pem.Block) bool) {
	return func(yield func(*pem.Block) bool) {
		for {
			var block *pem.Block
			if block, data = pem.Decode(data); block == nil {
				return
			}
			if (block.Type == "CERTIFICATE" || block.Type == "TRUSTED CERTIFICATE") && !yield(block) {
				return
			}
		}
	}
}

// parse reads the certificates that can be read: a system's list may hold one
// that Go refuses, and the others are no worse for it.
func parse(data []byte) (out []*x509.Certificate) {
	for block := range blocks(data) {
		if c, err := x509.ParseCertificate(block.Bytes); err == nil {
			out = append(out, c)
		}
	}
	return out
}

// writeFile writes a file that programs of the user read.
func writeFile(folder, name string, data []byte) (string, error) {
	path := filepath.Join(folder, name)
	return path, os.WriteFile(path, data, 0o600)
}
