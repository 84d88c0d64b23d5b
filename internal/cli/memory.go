package cli

import "runtime/debug"

// settleMemory is called once, between loading and serving. What loading left
// behind, many times what is kept of it, goes back to the system.
func settleMemory() { debug.FreeOSMemory() }
