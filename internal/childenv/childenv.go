// Package childenv makes the environment of a command whose calls are to go
// through a proxy on this machine that shows certificates of a local authority.
// There is no variable that all programs read, so there are many.
//
//	made, err := childenv.Make(childenv.Options{Proxy: "127.0.0.1:41234", Authority: pem, Folder: temporary, Base: os.Environ()})
//	cmd.Env = made.Environ
//
// Programs with a trust list of their own replace the system's list by the one
// that a variable names, so what is named holds the system's authorities, those
// that the user named, and ours.
package childenv

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
)

// Options say where calls go and what is known so far.
type Options struct {
	Proxy     string   // host:port
	Authority []byte   // certificate of the local authority, PEM; nil: nothing is intercepted
	Folder    string   // exists; the files that variables name are written to it
	Base      []string // environment to build on, as os.Environ has it
	NoProxy   []string // hosts that are to be reached directly
}

// Made is what came of it.
type Made struct {
	Environ []string

	// Roots are the authorities that the command would trust without us, PEM:
	// the system's, and those of its environment.
	Roots []byte

	// Notes tell what of the environment could not be kept.
	Notes []string
}

// proxyVariables are read in capitals, in small letters, or both.
var proxyVariables = []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"}

// noProxyVariables name the hosts that are reached directly.
var noProxyVariables = []string{"NO_PROXY", "no_proxy"}

// bundleVariables name a file of authorities that replaces the program's own.
// SSL_CERT_DIR is left alone: it adds.
var bundleVariables = []string{
	"SSL_CERT_FILE",      // OpenSSL (Python's ssl, Ruby, PHP, Perl), Go but for macOS and Windows, .NET on Linux, rustls-native-certs
	"REQUESTS_CA_BUNDLE", // Python: requests
	"CURL_CA_BUNDLE",     // curl; requests, too
	"PIP_CERT",
	"GIT_SSL_CAINFO",
	"AWS_CA_BUNDLE", // the SDKs and the command of AWS
	"CARGO_HTTP_CAINFO",
	"NIX_SSL_CERT_FILE",
	"GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
	"PERL_LWP_SSL_CA_FILE",
	"CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE",
}

// addingVariables name a file that comes on top of the program's own list.
var addingVariables = []string{"NODE_EXTRA_CA_CERTS", "DENO_CERT"}

// Make writes the files and returns the environment.
func Make(o Options) (*Made, error) {
	e := environment(slices.Clone(o.Base))
	m := &Made{}
	m.Roots, m.Notes = Roots(e)
	for _, name := range proxyVariables {
		e.set(name, "http://"+o.Proxy)
	}
	for _, name := range noProxyVariables {
		e.unset(name)
		if len(o.NoProxy) > 0 {
			e.set(name, strings.Join(o.NoProxy, ","))
		}
	}
	if err := e.setNode(o.Folder); err != nil {
		return nil, err
	}
	javaStore := ""
	if o.Authority != nil {
		store, err := e.setTrust(o, m.Roots)
		if err != nil {
			return nil, err
		}
		javaStore = store
	}
	if err := e.setJava(o, javaStore); err != nil {
		return nil, err
	}
	m.Environ = e
	return m, nil
}

// setTrust writes the lists of authorities and names them. It returns the path
// of Java's.
func (e *environment) setTrust(o Options, roots []byte) (javaStore string, err error) {
	bundle, err := writeFile(o.Folder, "bundle.pem", slices.Concat(roots, o.Authority))
	if err != nil {
		return "", err
	}
	for _, name := range bundleVariables {
		e.set(name, bundle)
	}
	for _, name := range addingVariables {
		own, _ := readPEM(e.get(name)) // that it cannot be read was noted with the roots
		file, err := writeFile(o.Folder, strings.ToLower(name)+".pem", slices.Concat(own, o.Authority))
		if err != nil {
			return "", err
		}
		e.set(name, file)
	}
	store, err := javaTrustStore(slices.Concat(roots, o.Authority))
	if err != nil {
		return "", fmt.Errorf("the trust store for Java: %w", err)
	}
	return writeFile(o.Folder, "java.p12", store)
}

// environment is a list of NAME=value.
type environment []string

func (e environment) get(name string) string {
	for _, kv := range slices.Backward(e) {
		if k, v, _ := strings.Cut(kv, "="); sameName(k, name) {
			return v
		}
	}
	return ""
}

func (e *environment) set(name, value string) {
	e.unset(name)
	*e = append(*e, name+"="+value)
}

func (e *environment) unset(name string) {
	*e = slices.DeleteFunc(*e, func(kv string) bool {
		k, _, _ := strings.Cut(kv, "=")
		return sameName(k, name)
	})
}

// sameName knows that Windows does not tell capitals from small letters.
func sameName(a, b string) bool {
	return a == b || runtime.GOOS == "windows" && strings.EqualFold(a, b)
}
