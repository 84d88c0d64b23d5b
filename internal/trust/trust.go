// Package trust makes the programs of a machine trust an authority, and undoes
// it again: in the system's store, in those of browsers and of Java. It plans
// first; a plan can be read before anything is done.
//
//	for _, e := range trust.Here().Plan(authority) {
//		for _, step := range e.Install {
//			fmt.Println(step.Does)
//			err := trust.Here().Do(ctx, step)
//		}
//	}
//
// The stores are changed by the programs that belong to them.
package trust

import (
	"crypto/sha1" //nolint:gosec // the name that Windows and macOS have for a certificate, no protection
	"crypto/x509"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// An Authority is what is to be trusted.
type Authority struct {
	Cert *x509.Certificate
	File string // the certificate, PEM
}

// Name is under which stores list the authority.
func (a Authority) Name() string { return a.Cert.Subject.CommonName }

// short is the end of the name, which is its number: part of file names and aliases.
func (a Authority) short() string {
	name := strings.Fields(a.Name())
	return "faultline-" + name[len(name)-1]
}

// sha1 is the thumbprint by which Windows and macOS find a certificate.
func (a Authority) sha1() string {
	sum := sha1.Sum(a.Cert.Raw)
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

// A Kind of store.
type Kind string

// The kinds of stores.
const (
	System Kind = "system"
	NSS    Kind = "nss" // Firefox, and Chromium on Linux
	Java   Kind = "java"
)

// Kinds are all of them, in the order of a plan.
func Kinds() []Kind { return []Kind{System, NSS, Java} }

// An Entry of a plan is one store with what is to be done to it.
type Entry struct {
	Kind    Kind
	Store   string // what people call it
	Path    string // where it is; with the kind it names the store
	Install []Step
	Remove  []Step

	// Missing says why the store cannot be changed, and what would help; then
	// there are no steps.
	Missing string
}

// A Machine is where programs are to trust an authority.
type Machine struct {
	OS       string // as runtime.GOOS
	Root     string // stands before every path of the system; empty but in tests
	Home     string
	JavaHome string
	Admin    bool // may change what belongs to the system
	LookPath func(program string) (string, error)
}

// Here is this machine.
func Here() *Machine {
	home, _ := os.UserHomeDir() // without one there are no stores of the user
	return &Machine{OS: runtime.GOOS, Home: home, JavaHome: os.Getenv("JAVA_HOME"), Admin: os.Geteuid() == 0, LookPath: exec.LookPath}
}

// Plan lists the stores of this machine and how each is changed.
func (m *Machine) Plan(a Authority) []Entry {
	return append(append(m.system(a), m.nss(a)...), m.java(a)...)
}

// path is a file of the system.
func (m *Machine) path(name string) string {
	if m.Root == "" {
		return name
	}
	return filepath.Join(m.Root, name)
}

func (m *Machine) has(program string) bool {
	_, err := m.LookPath(program)
	return err == nil
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
