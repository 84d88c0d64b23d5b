//go:build unix

package ca

import (
	"fmt"
	"os"
)

// private refuses a key that others can read: whoever reads it can play any
// host to who trusts the authority.
func private(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return fmt.Errorf("ca: %s can be read by others (mode %04o): `chmod 600 %s`", path, mode, path)
	}
	return nil
}
