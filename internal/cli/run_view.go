package cli

import (
	"bytes"
	"context"
	"debug/buildinfo"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/proxy"
	"github.com/faultline-http/faultline/internal/report"
)

// runView shows the failed calls of a command while it runs: the first of a
// kind in full, its repeats in a line. It is a sink.
type runView struct {
	app     *app
	w       io.Writer
	opts    report.Options
	close   func() error
	lines   *report.NDJSON // of the format ndjson
	journal *journal
	summary *report.Summary
	begun   time.Time

	mu      sync.Mutex
	kinds   map[string]int // how often, by fingerprint
	found   []faultline.Finding
	refused []proxy.TunnelEvent
	err     error // of the output; after it nothing more is shown
}

// inFull is how many kinds of failures are shown with all that is known.
const inFull = 20

// maxKinds bounds what is remembered of kinds, and of findings for --fail-on.
const maxKinds = 1000

func (a *app) newRunView(c *contract.Contract) (*runView, error) {
	v := &runView{app: a, w: a.Stderr, close: func() error { return nil }, summary: report.NewSummary(), begun: a.Now(), kinds: map[string]int{}}
	if a.flags.output != "-" && a.flags.output != "" {
		file, err := os.OpenFile(a.flags.output, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, inputf("", "output: %w", err)
		}
		v.w, v.close = file, file.Close
	}
	v.opts = a.screen(v.w).Options
	if a.flags.format == formatNDJSON {
		v.lines = report.NewNDJSON(v.w)
	}
	v.journal = a.keepCalls(runJournal)
	if c != nil {
		a.warnUnverified(c, a.flags.contract)
	}
	inner := v.close
	v.close = func() error {
		if v.journal != nil {
			if err := v.journal.Close(); err != nil {
				a.warn("the calls could not all be kept: %v", err)
			}
		}
		v.mu.Lock()
		defer v.mu.Unlock()
		return errors.Join(v.err, inner())
	}
	return v, nil
}

// Deliver shows a call that failed.
func (v *runView) Deliver(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	if !d.Failed && len(d.Findings) == 0 {
		return
	}
	if v.journal != nil {
		v.journal.Deliver(ctx, ex, d)
	}
	v.summary.Add(ex, d)
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.found) < maxKinds {
		v.found = append(v.found, d.Findings...)
	}
	if v.err != nil {
		return
	}
	if v.lines != nil {
		v.err = v.lines.Add(ex, d)
		return
	}
	_, v.err = v.w.Write(v.text(ex, d)) // at once: the command writes to the same terminal
}

// text is what is shown of a call. It is called with the lock held.
func (v *runView) text(ex *faultline.Exchange, d *faultline.Diagnosis) []byte {
	times := v.kinds[d.Fingerprint] + 1
	if times > 1 || len(v.kinds) < maxKinds {
		v.kinds[d.Fingerprint] = times
	}
	var b bytes.Buffer
	if times == 1 && len(v.kinds) <= inFull {
		b.WriteByte('\n')
		if err := report.Text(&b, ex, d, v.opts); err == nil { // a buffer takes all
			b.WriteByte('\n')
		}
		return b.Bytes()
	}
	s := screen{v.opts}
	why := "unexplained"
	if f, ok := d.Primary(); ok {
		why = string(f.Cause.Slug)
	}
	fmt.Fprintf(&b, "%s %s\n", s.red(s.clean("✗")), s.clean(fmt.Sprintf("%s  %s %s  %s  %s, the %s of its kind", status(ex), ex.Request.Method, path(ex), ex.ID, why, ordinal(times))))
	return b.Bytes()
}

func status(ex *faultline.Exchange) string {
	if ex.Response == nil {
		return "---"
	}
	return fmt.Sprint(ex.Response.Status)
}

// path is the target without its query, which may be long.
func path(ex *faultline.Exchange) string {
	target, _, _ := strings.Cut(ex.Request.Target, "?")
	return target
}

func ordinal(n int) string {
	switch {
	case n%100 >= 11 && n%100 <= 13:
	case n%10 == 1:
		return fmt.Sprint(n) + "st"
	case n%10 == 2:
		return fmt.Sprint(n) + "nd"
	case n%10 == 3:
		return fmt.Sprint(n) + "rd"
	}
	return fmt.Sprint(n) + "th"
}

// tunnel hears of what no call shows. A client that refuses is told of at once,
// since a call of it has failed that would have worked without us.
func (v *runView) tunnel(e proxy.TunnelEvent) {
	if e.Kind == proxy.TunnelRefused || e.Kind == proxy.TunnelBroken {
		v.app.warn("%s", aboutTunnel(e))
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if e.Kind != proxy.TunnelClosed && len(v.refused) < maxKinds {
		v.refused = append(v.refused, e)
	}
}

// matches reports whether something was found that is to fail on.
func (v *runView) matches(f failOn) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.ContainsFunc(v.found, func(found faultline.Finding) bool { return f.matches(&found) })
}

// sumUp says at the end what was seen, and what was not and why.
func (r *runner) sumUp() {
	a, v := r.app, r.view
	if a.flags.quiet {
		return
	}
	counts, tunnels := r.proxy.Counts(), r.proxy.Tunnels()
	if counts.Failed > 0 && v.lines == nil {
		totals := countsOf(counts)
		v.summary.Totals, v.summary.Elapsed = &totals, a.Now().Sub(v.begun)
		if v.journal != nil {
			v.summary.Next = []string{"faultline explain ID"}
		}
		_ = v.summary.Write(a.Stderr, a.screen(a.Stderr).Options)
	} else if counts.Seen > 0 {
		a.notice("faultline: %s, none failed", count(int(counts.Seen), "call"))
	}
	a.warnAbout(counts)
	a.tellTunnels(tunnels)
	r.explainRefusals()
	if counts.Seen == 0 && len(tunnels) == 0 && len(v.refused) == 0 {
		r.explainSilence()
	}
}

// explainRefusals says what can be done about clients that do not accept our
// certificates.
func (r *runner) explainRefusals() {
	var hosts []string
	for _, e := range r.view.refused {
		if e.Kind == proxy.TunnelSilent {
			r.app.notice("faultline: %s", aboutTunnel(e))
		}
		if e.Kind != proxy.TunnelBroken && !slices.Contains(hosts, e.Host) {
			hosts = append(hosts, e.Host)
		}
	}
	if len(hosts) == 0 {
		return
	}
	r.app.notice("fix  where the client has a list of authorities of its own (--cacert, verify=, ca:), add to it what `faultline ca print` prints,\n"+
		"     or leave the host alone: faultline run --exclude %s -- %s", strings.Join(hosts, " --exclude "), r.programName())
}

// explainSilence says why no call may have been seen.
func (r *runner) explainSilence() {
	a := r.app
	a.notice("faultline: no call was seen. The command made none, or its calls do not go through a proxy:")
	if isGo(r.args[0]) {
		a.notice("     this is a Go program: Go goes past proxies for localhost and 127.0.0.1")
	} else {
		a.notice("     Go and Ruby go past proxies for localhost and 127.0.0.1, and some clients take no proxy from the environment")
	}
	a.notice("fix  put a proxy in front of the server and call that: faultline proxy --to http://localhost:3000")
}

// isGo reports whether a program is written in Go, or runs such programs.
func isGo(program string) bool {
	path, err := exec.LookPath(program)
	if err != nil {
		return false
	}
	_, err = buildinfo.ReadFile(path)
	return err == nil
}

var _ guard.Sink = (*runView)(nil)
