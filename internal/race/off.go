//go:build !race

// Package race tells whether the race detector is on: under it, pools drop
// what they are given on purpose, so allocations cannot be counted, and what they
// keep can be spoiled, so that a late reader is found.
package race

// Enabled reports whether the race detector is on.
const Enabled = false
