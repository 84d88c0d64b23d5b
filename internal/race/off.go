//go:build !race

// Package race tells tests whether the race detector is on: it drops pooled
// buffers on purpose, so allocations cannot be counted under it.
package race

// Enabled reports whether the race detector is on.
const Enabled = false
