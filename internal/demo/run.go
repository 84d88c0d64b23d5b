package demo

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// Run lets the programs loose until ctx ends, or until each mistake was made
// once if Options.Once says so. Then it closes the demo.
func (d *Demo) Run(ctx context.Context) error {
	var working sync.WaitGroup
	queues := make([]chan mistake, len(programs))
	for i := range queues {
		queues[i] = make(chan mistake, maxWaiting)
		p := d.newProgram(i)
		working.Go(func() {
			for m := range queues[i] {
				p.make(ctx, m)
			}
		})
	}
	d.schedule(ctx, queues)
	for _, q := range queues {
		close(q)
	}
	working.Wait()
	return d.Close()
}

// maxWaiting is how much a program can fall behind the schedule before the
// schedule waits for it.
const maxWaiting = 8

// schedule gives one mistake to its program at each tick, and something that
// works at every second one.
func (d *Demo) schedule(ctx context.Context, queues []chan mistake) {
	plan := newPlan(d.opts.Seed)
	tick := time.NewTicker(d.opts.Every)
	defer tick.Stop()
	for n := 0; ; n++ {
		if d.opts.Once && n == len(mistakes) {
			return
		}
		work := []mistake{plan.next()}
		if n%2 == 1 {
			work = append(work, plan.good())
		}
		for _, m := range work {
			select {
			case queues[m.program] <- m:
			case <-ctx.Done():
				return
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// plan is the order of the mistakes: each once in every round, shuffled by the
// seed.
type plan struct {
	rand  *rand.Rand
	round []mistake
	begun bool
}

// planStream tells the plan's random numbers from others of the same seed.
const planStream = 0x6661756c74

func newPlan(seed uint64) *plan { return &plan{rand: rand.New(rand.NewPCG(seed, planStream))} }

func (p *plan) next() mistake {
	if len(p.round) == 0 {
		p.round = append(p.round, mistakes...)
		p.shuffle()
	}
	m := p.round[0]
	p.round = p.round[1:]
	return m
}

func (p *plan) shuffle() {
	rest := p.round
	if !p.begun {
		rest = rest[1:] // the very first mistake is always the same
		p.begun = true
	}
	p.rand.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
}

func (p *plan) good() mistake { return goodCalls[p.rand.IntN(len(goodCalls))] }
