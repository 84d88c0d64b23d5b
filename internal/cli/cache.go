package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/compiled"
)

// compiled loads a contract, out of the cache if it is there.
func (a *app) compiled(fsys fs.FS, name string, o contract.Options) (*contract.Contract, error) {
	dir, err := a.cacheFolder()
	if err != nil {
		a.detail("compiled contracts are not kept: %v", err)
		return contract.LoadWith(fsys, name, o)
	}
	if dir == "" {
		return contract.LoadWith(fsys, name, o)
	}
	c, how, err := compiled.Cache{Folder: filepath.Join(dir, "contracts"), Build: buildOf()}.Load(fsys, name, o)
	if how.Trouble != nil {
		a.detail("%v", how.Trouble)
	}
	if how.Warm {
		a.detail("contract %s: compiled earlier, nothing has changed", name)
	}
	return c, err
}

// cacheOff is the value of FAULTLINE_CACHE with which nothing is kept.
const cacheOff = "off"

// cacheFolder is where the program keeps what it can make again; empty if the
// user wants none.
func (a *app) cacheFolder() (string, error) {
	if dir := a.Getenv("FAULTLINE_CACHE"); dir == cacheOff {
		return "", nil
	} else if dir != "" {
		return filepath.Abs(dir)
	}
	return a.folderOf(userFolder{xdg: "XDG_CACHE_HOME", windows: "faultline/cache", darwin: "Library/Caches/faultline", other: ".cache/faultline"})
}

// buildOf tells this build of the program from all others. Between two commits
// only the file itself does.
func buildOf() string {
	b := readBuild()
	id := fmt.Sprintf("%s %s %v %s %s", b.Version, b.Revision, b.Modified, b.Go, b.Platform)
	if name, err := os.Executable(); err == nil {
		if info, err := os.Stat(name); err == nil {
			id += fmt.Sprintf(" %d %d", info.Size(), info.ModTime().UnixNano())
		}
	}
	return id
}
