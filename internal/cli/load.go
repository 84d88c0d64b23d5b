package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/faultline-http/faultline/contract"
)

// folder is the file system that a contract is loaded from. Unlike os.DirFS it
// opens regular files only: a pipe or a device would hold the program up.
type folder string

func (f folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	full := filepath.Join(string(f), filepath.FromSlash(name))
	info, err := os.Stat(full)
	if err != nil {
		return nil, shortPathError(err, name)
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("not a regular file")}
	}
	return os.Open(full)
}

// shortPathError names the file as the document does.
func shortPathError(err error, name string) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return &fs.PathError{Op: p.Op, Path: name, Err: p.Err}
	}
	return err
}

// loadContract reads a contract. Its errors know file, line and column, and
// print with a caret.
func (a *app) loadContract(name string) (*contract.Contract, error) {
	return a.loadContractStrictly(name, a.flags.strict)
}

func (a *app) loadContractStrictly(name string, strict bool) (*contract.Contract, error) {
	if err := plainFile(name); err != nil {
		return nil, err
	}
	options, err := a.contractOptions()
	if err != nil {
		return nil, err
	}
	options.Strict = strict
	start := a.Now()
	c, dir, err := a.loadFromFolder(filepath.Clean(name), options)
	if err != nil {
		var broken *contract.Error
		if errors.As(err, &broken) {
			broken.File = inFolder(dir, broken.File)
		}
		return nil, &failure{kind: kindContract, err: err}
	}
	a.detail("contract %s: %s, read in %d ms", title(c), count(operations(c), "operation"), a.Now().Sub(start)/time.Millisecond)
	return c, nil
}

// plainFile says why there is no file to read as a contract, or is nil.
func plainFile(name string) error {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return inputf("", "contract %s: %w", name, bareError(err))
	case info.IsDir():
		return inputf("name the file in it", "contract %s: this is a folder", name)
	}
	return nil
}

// inFolder names a document of a contract as it was named here: files by their
// path, others by their URL.
func inFolder(dir, name string) string {
	if strings.Contains(name, "://") {
		return name
	}
	return filepath.Join(dir, name)
}

// mostFolders bounds how far up the folders of a contract's files may reach.
const mostFolders = 8

// loadFromFolder loads a contract from its own folder or, when a reference such
// as `../common/errors.yaml` leads out of it, from a folder above.
func (a *app) loadFromFolder(name string, options contract.Options) (c *contract.Contract, dir string, err error) {
	dir, base := filepath.Dir(name), filepath.Base(name)
	for range mostFolders {
		c, err = a.compiled(folder(dir), base, options)
		if !errors.Is(err, fs.ErrInvalid) {
			break
		}
		full, absErr := filepath.Abs(dir)
		if absErr != nil || filepath.Dir(full) == full {
			break
		}
		dir, base = filepath.Join(dir, ".."), filepath.Base(full)+"/"+base
	}
	return c, dir, err
}

// loadSharedContract loads the contract of --contract; nil if there is none.
func (a *app) loadSharedContract() (*contract.Contract, error) {
	if a.flags.contract == "" {
		return nil, nil
	}
	return a.loadContract(a.flags.contract)
}

// bareError drops the operation and path from an error about a file that is
// named already.
func bareError(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// title names a contract as people do: "orders.yaml 1.4.0".
func title(c *contract.Contract) string {
	name := filepath.Base(c.File())
	if v := c.Version(); v != "" {
		name += " " + v
	}
	return name
}

func operations(c *contract.Contract) int {
	n := 0
	for range c.Operations() {
		n++
	}
	return n
}

// mostUnverified bounds the list of operations that cannot be judged: the first
// ones show what it is about, `contract routes` shows all.
const mostUnverified = 5

// warnUnverified says loudly which operations the contract cannot judge: a call
// of one of them is neither valid nor wrong.
func (a *app) warnUnverified(c *contract.Contract, file string) {
	var unverified []*contract.Operation
	for op := range c.Operations() {
		if op.Unverified() != "" {
			unverified = append(unverified, op)
		}
	}
	if len(unverified) == 0 {
		return
	}
	a.warn("%s of %d cannot be verified; calls of them pass unjudged", count(len(unverified), "operation"), operations(c))
	for _, op := range unverified[:min(len(unverified), mostUnverified)] {
		a.notice("  %-7s %s  %s", op.Method, op.Template, op.Unverified())
	}
	if more := len(unverified) - mostUnverified; more > 0 {
		a.notice("  and %d more: faultline contract routes %s", more, file)
	}
}

// count is "1 operation", "2 operations".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
