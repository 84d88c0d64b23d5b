package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/faultline-http/faultline/internal/wiretest"
)

// load is what clients and server do, and what both have counted.
type load struct {
	settings
	server *wiretest.Server
	addr   string

	seed      atomic.Uint64
	exchanges atomic.Int64 // random ones, compared byte by byte
	orders    atomic.Int64 // conforming ones that were answered
	blocked   atomic.Int64 // orders that break the contract, refused by the proxy
	wrong     atomic.Int64 // answers that break the contract, which come through
	broken    atomic.Int64 // answers that the server broke off
	garbage   atomic.Int64 // requests that are no HTTP
	perhaps   atomic.Int64 // requests whose client went away: counted or not

	reached  atomic.Int64   // orders that the server got
	lastSeen []atomic.Int64 // by client: the last order that reached the server

	mu       sync.Mutex
	mistakes []string // the first ones
	failed   int      // all of them
}

func newLoad(s settings) (*load, error) {
	server, err := wiretest.NewServer()
	if err != nil {
		return nil, err
	}
	l := &load{settings: s, server: server, lastSeen: make([]atomic.Int64, s.clients)}
	l.seed.Store(s.seed)
	server.Other = l.serve
	return l, nil
}

// run keeps all clients busy until the time is over: a quarter of them each
// plays random exchanges, or is unlucky; the others order.
func (l *load) run(ctx context.Context, addr string) {
	l.addr = addr
	var wg sync.WaitGroup
	for i := range l.clients {
		wg.Go(func() {
			work := l.order
			switch i % 4 {
			case 0:
				work = l.random
			case 1:
				work = l.unlucky
			}
			c := &client{load: l, number: i}
			defer c.close()
			for ctx.Err() == nil {
				if err := work(c); err != nil {
					l.mistake(err)
				}
			}
		})
	}
	wg.Wait()
}

// random plays one script.
func (l *load) random(*client) error {
	script := wiretest.Generate(l.seed.Add(1))
	if err := l.server.Play(l.addr, script); err != nil {
		l.perhaps.Add(int64(len(script.Exchanges)))
		return fmt.Errorf("seed %d: %w", script.Seed, err)
	}
	l.exchanges.Add(int64(len(script.Exchanges)))
	return nil
}

// mostMistakes are kept to be shown.
const mostMistakes = 20

func (l *load) mistake(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failed++; len(l.mistakes) < mostMistakes {
		l.mistakes = append(l.mistakes, err.Error())
	}
}

// certain is how many calls the proxy must have counted.
func (l *load) certain() int64 {
	return l.exchanges.Load() + l.orders.Load() + l.blocked.Load() + l.wrong.Load() + l.broken.Load() + l.garbage.Load()
}
