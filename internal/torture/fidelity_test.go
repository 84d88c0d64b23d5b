package torture

import (
	"flag"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/faultline-http/faultline/internal/race"
	"github.com/faultline-http/faultline/internal/wiretest"
)

var (
	seed      = flag.Uint64("torture.seed", 0, "play the script of this seed alone")
	exchanges = flag.Int("torture.exchanges", 0, "how many random exchanges are played (default: 10,000, with the race detector 2,000)")
)

// TestRandomExchangesPassUnchanged plays random exchanges through the proxy and
// compares every byte at both ends. A failure names its seed:
//
//	go test ./internal/torture -run RandomExchanges -torture.seed 4711
func TestRandomExchangesPassUnchanged(t *testing.T) {
	t.Parallel()
	server, err := wiretest.NewServer()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	addr := start(t, server.Addr(), nil).addr
	if *seed != 0 {
		s := wiretest.Generate(*seed)
		if err := server.Play(addr, s); err != nil {
			explain(t, server, addr, s, err)
		}
		return
	}
	total := int64(10_000)
	switch {
	case *exchanges > 0:
		total = int64(*exchanges)
	case race.Enabled || testing.Short():
		total = 2_000
	}
	var played atomic.Int64
	var next atomic.Uint64
	var wg sync.WaitGroup
	for range 128 {
		wg.Go(func() {
			for played.Load() < total && !t.Failed() {
				s := wiretest.Generate(next.Add(1))
				if err := server.Play(addr, s); err != nil {
					explain(t, server, addr, s, err)
					return
				}
				played.Add(int64(len(s.Exchanges)))
			}
		})
	}
	wg.Wait()
	t.Logf("%d exchanges on %d connections", played.Load(), next.Load())
}

// explain fails the test with the smallest script that still fails.
func explain(t *testing.T, server *wiretest.Server, addr string, s *wiretest.Script, err error) {
	t.Errorf("seed %d: %v", s.Seed, err)
	smallest := wiretest.Reduce(s, func(c *wiretest.Script) bool { return server.Play(addr, c) != nil })
	t.Errorf("seed %d, made smaller: %v\n%s", s.Seed, server.Play(addr, smallest), smallest)
}
