package cli

import (
	"context"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/proxy"
)

// watch shows live calls as they end: it is a sink.
type watch struct {
	app *app
	w   *output

	mu sync.Mutex
}

func (a *app) newWatch(w *output) *watch { return &watch{app: a, w: w} }

func (t *watch) header(text string) error {
	if _, err := io.WriteString(t.w, t.w.clean(text)); err != nil {
		return err
	}
	return t.w.Flush()
}

func (t *watch) Deliver(_ context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f, ok := d.Primary()
	if !ok {
		return
	}
	status := 0
	if ex.Response != nil {
		status = ex.Response.Status
	}
	fmt.Fprintf(t.w, "%s  %s  %-11s %4d %s %s  %s %s\n", ex.Start.Format("15:04:05"), ex.ID, f.WhoActs(), status, ex.Request.Method, t.w.clean(ex.Request.Target), f.Cause.Slug, t.w.clean(f.Brief))
	t.w.Flush()
}

func (t *watch) say(text string) { t.app.notice("%s", text) }

func (t *watch) end(guard.Counts, time.Duration, time.Duration) error { return nil }

// watchProxy serves until the context ends.
func (a *app) watchProxy(ctx context.Context, w *output, ln net.Listener, o proxy.Options) error {
	t := a.newWatch(w)
	o.Guard.Sinks = []guard.Sink{t}
	p, err := proxy.New(o)
	if err != nil {
		return usagef("", "%w", err)
	}
	if err := t.header(described(ln.Addr(), o) + "\n"); err != nil {
		return err
	}
	if err := p.Serve(ctx, ln); err != nil {
		return inputf("", "%w", err)
	}
	p50, p99 := p.Overhead()
	return t.end(p.Guard().Counts(), p50, p99)
}
