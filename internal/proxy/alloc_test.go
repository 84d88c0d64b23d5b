//go:build !faultline_safe

package proxy

import (
	"testing"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/race"
)

// TestHealthyCallsAllocateNothing holds what a call costs in steady state: both
// bodies judged, by one goroutine, in memory that is used again. A collection of
// garbage in between may empty the pools, so a few allocations are forgiven.
func TestHealthyCallsAllocateNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector drops pooled buffers: allocations are counted without it")
	}
	c := shop(t)
	for name, body := range map[string][]byte{"get": nil, "post": orderFile(t, "order-1k.json")} {
		request, server := workload(t, body)
		addr, p := start(t, "http://"+server, func(o *Options) {
			o.Services[0].Guard = guard.Options{Contracts: []*contract.Contract{c}, Mode: guard.Block}
		})
		e := newExchanger(t, addr, request)
		for range 100 {
			e.call()
		}
		if got := testing.AllocsPerRun(2000, e.call); got >= 1 {
			t.Errorf("%s: %v allocations a call, want none", name, got)
		}
		if n := p.Counts(); n.Failed > 0 {
			t.Errorf("%s: %d calls failed, want none", name, n.Failed)
		}
	}
}
