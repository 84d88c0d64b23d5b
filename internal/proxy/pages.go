package proxy

import "time"

var zeroTime time.Time

// servePage answers requests for the pages of the causes.
func (x *call) servePage() bool { return false }
