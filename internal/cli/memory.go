package cli

import (
	"os"
	"runtime/debug"
)

// garbagePercent is how much a serving program lets its heap grow between
// collections. What lives is the contract, a few megabytes, and calls in flight;
// healthy ones allocate nothing. Twice the usual growth halves the collector's
// work while calls fail in numbers, and costs about as much memory as the
// contract has.
const garbagePercent = 200

// settleMemory is called once, between loading and serving. What loading left
// behind, many times what is kept of it, goes back to the system. Who sets GOGC
// or GOMEMLIMIT knows better.
func settleMemory() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	debug.FreeOSMemory()
}
