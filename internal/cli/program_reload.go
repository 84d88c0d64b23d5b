package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"reflect"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/faultline-http/faultline/internal/config"
)

// Reload reads the configuration anew and puts it in place as a whole. On an
// error the one before still holds: nothing of the new one is used.
func (p *program) Reload(ctx context.Context) error {
	p.reloading.Lock()
	defer p.reloading.Unlock()
	notifySystemd(reloadingState())
	defer notifySystemd("READY=1")
	err := p.reload(ctx)
	p.mu.Lock()
	p.reloads.Last, p.reloads.LastOK, p.reloads.LastError = p.app.Now(), err == nil, ""
	if err == nil {
		p.reloads.OK++
	} else {
		p.reloads.Failed++
		p.reloads.LastError = oneLine(err)
	}
	p.mu.Unlock()
	if err != nil {
		return &reloadError{err}
	}
	return nil
}

// reloadError shows the lines of the files with their carets.
type reloadError struct{ err error }

func (e *reloadError) Unwrap() error { return e.err }

func (e *reloadError) Error() string {
	var all []string
	for _, one := range detailed(e.err) {
		all = append(all, one.Detail())
	}
	if len(all) == 0 {
		return e.err.Error()
	}
	return strings.Join(all[:min(len(all), mostErrors)], "\n")
}

func oneLine(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

func (p *program) reload(ctx context.Context) error {
	if p.draining.Load() {
		return errors.New("the program is about to end")
	}
	next, err := p.read()
	if err != nil {
		return err
	}
	all, err := services(next.Loaded, next.contracts, &p.keys)
	if err != nil {
		return err
	}
	now := p.holds.Load()
	stay, fresh, err := p.changeListeners(ctx, next)
	if err != nil {
		return err
	}
	if err := p.proxy.Reload(all); err != nil {
		for _, ln := range fresh {
			ln.close()
		}
		return err
	}
	p.settleListeners(ctx, stay, fresh)
	p.holds.Store(next)
	p.tellLater(&now.Config, &next.Config)
	return nil
}

// changeListeners opens what is new. What stays the same stays open.
func (p *program) changeListeners(ctx context.Context, next *settings) (stay, fresh []*listener, err error) {
	for i := range next.Config.Listen {
		c := &next.Config.Listen[i]
		if old := p.listenerAt(c.Address); old != nil {
			stay = append(stay, old)
			continue
		}
		ln, err := p.openListener(context.WithoutCancel(ctx), next.Loaded, i)
		if err != nil {
			for _, f := range fresh {
				f.close()
			}
			return nil, nil, err
		}
		fresh = append(fresh, ln)
	}
	return stay, fresh, nil
}

func (p *program) listenerAt(address string) *listener {
	for _, ln := range p.listeners {
		if ln.Address == address {
			return ln
		}
	}
	return nil
}

// settleListeners begins to accept on the new listeners and closes those that are
// wanted no more; their connections stay.
func (p *program) settleListeners(ctx context.Context, stay, fresh []*listener) {
	for _, ln := range fresh {
		for _, s := range ln.sockets {
			p.proxy.Listen(s)
		}
		p.begin(context.WithoutCancel(ctx), ln)
	}
	wanted := map[*listener]bool{}
	for _, ln := range stay {
		wanted[ln] = true
	}
	for _, ln := range p.listeners {
		if !wanted[ln] {
			ln.close()
		}
	}
	p.listeners = append(stay, fresh...)
}

// tellLater says what of a new configuration holds only when the program starts
// the next time.
func (p *program) tellLater(now, next *config.Config) {
	var later []string
	for i := range next.Listen {
		if old := p.listenerAt(next.Listen[i].Address); old != nil && !old.sameAs(&next.Listen[i]) {
			later = append(later, "`listen` "+old.Address)
		}
	}
	for name, pair := range map[string][2]any{
		"limits": {now.Limits, next.Limits}, "admin": {now.Admin, next.Admin}, "forward": {now.Forward, next.Forward},
		"data": {now.Data, next.Data}, "output": {now.Output, next.Output}, "reload": {now.Reload, next.Reload},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			later = append(later, "`"+name+"`")
		}
	}
	if len(later) > 0 {
		p.say("what has changed of " + strings.Join(later, ", ") + " holds when the program starts the next time")
	}
}

// reloadAndSay reloads for whoever cannot be answered.
func (p *program) reloadAndSay(ctx context.Context) {
	if err := p.Reload(ctx); err != nil {
		p.say("the configuration stays as it was:")
		for line := range strings.SplitSeq(err.Error(), "\n") {
			p.say(line)
		}
		return
	}
	p.say("the new configuration holds")
}

// onHangup reloads at SIGHUP. A terminal that is closed sends it, too: then
// nobody is there to go on for.
func (p *program) onHangup(ctx context.Context) {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	atTerminal := term.IsTerminal(int(os.Stdin.Fd()))
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangup:
		}
		if atTerminal && !term.IsTerminal(int(os.Stdin.Fd())) {
			p.end()
			return
		}
		p.reloadAndSay(ctx)
	}
}

// watchEvery is how late a changed file may be seen: no more than it takes to
// look whether it worked.
const watchEvery = time.Second

// onChange reloads when a file has changed and then stood still for a moment:
// editors write in steps.
func (p *program) onChange(ctx context.Context) {
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	known := p.holds.Load().state
	last := known
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now := state(p.holds.Load().files()...)
		if now == last && now != known {
			p.reloadAndSay(ctx)
			known = now
		}
		last = now
	}
}

// files are those that a configuration was read from.
func (s *settings) files() []string {
	out := append([]string{}, s.Files...)
	for i := range s.Config.Services {
		out = append(out, s.Config.Services[i].Contracts...)
	}
	return out
}
