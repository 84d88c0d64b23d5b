package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/faultline-http/faultline/contract"
)

// contractOptions are how contracts are read here.
func (a *app) contractOptions() (contract.Options, error) {
	o := contract.Options{Strict: a.flags.strict}
	if len(a.flags.refs) == 0 {
		return o, nil
	}
	names := map[string]string{}
	for _, ref := range a.flags.refs {
		uri, name, found := cutRef(ref)
		if !found {
			return o, usagef("write --contract-ref https://example.com/common.yaml=common.yaml", "`--contract-ref %s` is not URL=FILE", ref)
		}
		names[uri] = name
	}
	o.Resolve = func(uri string) ([]byte, error) {
		name, given := names[uri]
		if !given {
			return nil, errors.New("no --contract-ref gives it")
		}
		return readReferred(name)
	}
	return o, nil
}

// cutRef splits URL=FILE at the last sign: URLs have some of their own in the
// query.
func cutRef(ref string) (uri, name string, found bool) {
	i := strings.LastIndexByte(ref, '=')
	if i < 0 {
		return "", "", false
	}
	uri, _, _ = strings.Cut(ref[:i], "#")
	return uri, ref[i+1:], uri != "" && ref[i+1:] != ""
}

// largestReferred bounds a document that is given for a URL.
const largestReferred = 64 << 20

func readReferred(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, bareError(err))
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New(name + ": not a regular file")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, bareError(err))
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, largestReferred))
}
