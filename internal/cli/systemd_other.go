//go:build !linux

package cli

// reloadingState says that a reload begins.
func reloadingState() string { return "RELOADING=1" }
