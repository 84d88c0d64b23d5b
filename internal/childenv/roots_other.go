//go:build !windows

package childenv

// systemRoots are the authorities of the system's list.
func systemRoots() []byte { return firstBundle() }
