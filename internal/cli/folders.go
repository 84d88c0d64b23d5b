package cli

import (
	"errors"
	"path/filepath"
	"runtime"
)

// userFolder is where the program keeps files of one kind on each system.
type userFolder struct {
	xdg           string // variable of the XDG base directory specification that goes before all
	windows       string // below %LocalAppData%
	darwin, other string // below the home folder
}

// stateFolder is where the program keeps what it may lose.
func (a *app) stateFolder() (string, error) {
	return a.folderOf(userFolder{
		xdg: "XDG_STATE_HOME", windows: "faultline", darwin: "Library/Application Support/faultline", other: ".local/state/faultline",
	})
}

// dataFolder is where the program keeps what must not be lost: the key of the
// local authority.
func (a *app) dataFolder() (string, error) {
	return a.folderOf(userFolder{
		xdg: "XDG_DATA_HOME", windows: "faultline", darwin: "Library/Application Support/faultline", other: ".local/share/faultline",
	})
}

func (a *app) folderOf(f userFolder) (string, error) {
	if base := a.Getenv(f.xdg); filepath.IsAbs(base) { // XDG: a relative path is to be ignored
		return filepath.Join(base, "faultline"), nil
	}
	base, below := a.Getenv("HOME"), f.other
	switch runtime.GOOS {
	case "windows":
		base, below = a.Getenv("LocalAppData"), f.windows
	case "darwin":
		below = f.darwin
	}
	if base == "" {
		return "", errors.New("no home folder: HOME is not set")
	}
	return filepath.Join(base, filepath.FromSlash(below)), nil
}
