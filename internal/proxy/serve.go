package proxy

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// registry knows the open connections of clients, so that they can be ended.
type registry struct {
	mu       sync.Mutex
	open     map[*conn]struct{}
	stopping bool
	wg       sync.WaitGroup
}

// Serve accepts connections from the listeners until ctx ends, then finishes the
// calls under way, for [Limits].Grace at most, and returns nil. The listeners are
// closed and the sinks have got everything in any case. A proxy serves once.
func (p *Proxy) Serve(ctx context.Context, lns ...net.Listener) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	ended := make(chan struct{})
	defer close(ended)
	go p.sweep(ended)
	go p.front2.serve()
	p.acceptor.begin(ctx, fail, p.opts.Limits.MaxClients+len(lns)-1) // each listener holds a place while it waits
	for _, ln := range lns {
		p.Listen(ln)
	}
	<-ctx.Done()
	p.acceptor.wg.Wait()
	p.drain()
	p.dropPools(&table{})
	if p.forward != nil {
		p.forward.close()
	}
	// The sinks get as long as the calls had: what they were given is what was promised to be kept.
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.opts.Limits.Grace)
	defer cancel()
	return errors.Join(p.acceptor.failed(), p.closeGuards(grace))
}

// temporary tells an accept that may work in a moment from a listener that is gone.
func temporary(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && !errors.Is(err, net.ErrClosed) && resourceShort(err)
}

// drain lets calls under way finish: idle connections end at once, the others
// after their answer, and all of them when the grace is over.
func (p *Proxy) drain() {
	p.clients.stop()
	// All of them know before the first one ends: an answer after that says that it is the last.
	p.clients.each(func(cn *conn) { cn.stopping.Store(true) })
	p.clients.each(func(cn *conn) { cn.stop(false) })
	over := time.AfterFunc(p.opts.Limits.Grace, func() {
		p.clients.each(func(cn *conn) { cn.stop(true) })
	})
	p.front2.shutdown(p.opts.Limits.Grace)
	p.clients.wg.Wait()
	over.Stop()
}

func (r *registry) add(cn *conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open[cn] = struct{}{}
	r.wg.Add(1)
	if r.stopping {
		cn.stop(false)
	}
}

func (r *registry) remove(cn *conn) {
	r.mu.Lock()
	delete(r.open, cn)
	r.mu.Unlock()
	r.wg.Done()
}

// stop makes connections that are added from now on end at once.
func (r *registry) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopping = true
}

func (r *registry) each(f func(*conn)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for cn := range r.open {
		f(cn)
	}
}

// closeGuards waits until the sinks have got everything.
func (p *Proxy) closeGuards(ctx context.Context) error {
	var errs []error
	for _, s := range p.table.Load().all {
		errs = append(errs, s.guard.Close(ctx))
	}
	return errors.Join(errs...)
}
