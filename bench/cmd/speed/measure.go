package main

import (
	"runtime"
	"syscall"
	"time"
)

// A figure is what one call costs.
type figure struct {
	ns     float64 // CPU time, the least of all rounds
	allocs float64
}

// measure asks for CPU time of the process, garbage collection included, and
// takes the least: other programs on the machine move that less than a clock.
func measure(run func(), round time.Duration, rounds int) figure {
	run()
	n := 1
	for {
		spent := timed(run, n)
		if spent >= round {
			n = max(1, int(float64(n)*float64(round)/float64(spent)))
			break
		}
		n *= 2
	}
	best := timed(run, n)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range rounds {
		best = min(best, timed(run, n))
	}
	runtime.ReadMemStats(&after)
	calls := float64(n * rounds)
	return figure{ns: float64(best) / float64(n), allocs: float64(after.Mallocs-before.Mallocs) / calls}
}

func timed(run func(), n int) time.Duration {
	start := cpuTime()
	for range n {
		run()
	}
	return cpuTime() - start
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // RUSAGE_SELF is always there
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
