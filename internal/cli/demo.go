package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/demo"
	"github.com/faultline-http/faultline/internal/report"
)

func (a *app) demoCommand() *cobra.Command {
	var once bool
	var seed uint64
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "see it work: a small service and programs that call it with mistakes",
		Long: `Everything runs on this machine, and nothing leaves it: an order service with its contract built in, a gateway in
front of it, and four programs. The failed calls are kept, secrets masked, until the next demo, so that
` + "`faultline explain ID`" + ` can be asked about each of them.`,
		Example:     "faultline demo\nfaultline demo --once --seed 7",
		Args:        noArguments,
		Annotations: exits(exitsServing),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.flags.check(formatText, formatNDJSON); err != nil {
				return err
			}
			return a.demo(cmd.Context(), demo.Options{Once: once, Seed: seed})
		},
	}
	fs := cmd.Flags()
	fs.BoolVar(&once, "once", false, "end after ten seconds, when each mistake was made once")
	fs.Uint64Var(&seed, "seed", 0, "the same seed makes the same mistakes in the same order")
	argName(fs, "seed", "N")
	return cmd
}

// bridgeAfter is when the demo has been watched long enough to say what comes next.
const bridgeAfter = 30 * time.Second

func (a *app) demo(ctx context.Context, o demo.Options) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	return a.toOutput(func(w *output) error {
		kept := a.keepCalls(demoJournal)
		if kept != nil {
			o.Sinks = append(o.Sinks, kept)
		}
		shown := &lateSink{} // the view begins when the address is known
		o.Sinks = append(o.Sinks, shown)
		d, err := demo.Start(o)
		if err != nil {
			return inputf("", "%w", err)
		}
		if err := a.writeDemoHeader(w, d); err != nil {
			return errors.Join(err, d.Close())
		}
		t := a.newWatch(w, watchOptions{noMS: true, inOrder: true, requestWidth: len("DELETE /v1/orders/{id}"), routes: []*contract.Contract{d.Contract()}, counts: d.Counts, end: end})
		defer t.keys.close()
		shown.Sink = t
		if kept != nil {
			shown.Sink = &hinting{Sink: t, say: t.say}
		}
		return a.watchDemo(ctx, d, t, kept)
	})
}

// watchDemo lets the programs loose and shows what becomes of their calls.
func (a *app) watchDemo(ctx context.Context, d *demo.Demo, t *watch, kept *journal) error {
	bridge := time.AfterFunc(bridgeAfter, func() { t.say(demoBridge) })
	err := errors.Join(d.Run(ctx), t.close())
	bridge.Stop()
	if err != nil {
		return err
	}
	if kept != nil {
		if err := kept.Close(); err != nil {
			a.warn("the calls of the demo could not all be kept: %v", err)
		}
	}
	if err := t.sumUp(); err != nil {
		return err
	}
	if a.flags.quiet {
		return nil
	}
	return report.Wrapped(a.Stderr, a.screen(a.Stderr).Options, 6, "\n"+demoBridge)
}

// lateSink passes on to a sink that is made after it.
type lateSink struct{ guard.Sink }

// keepCalls opens a journal. Without it the calls are shown as well.
func (a *app) keepCalls(name string) *journal {
	folder, err := a.stateFolder()
	if err == nil {
		var j *journal
		if j, err = newJournal(folder, name); err == nil {
			return j
		}
	}
	a.warn("calls are not kept for `faultline explain ID`: %v", err)
	return nil
}

// writeDemoHeader says where the API is and who calls it.
func (a *app) writeDemoHeader(w *output, d *demo.Demo) error {
	if a.flags.format != formatText {
		return nil
	}
	moved := ""
	if d.Moved() {
		moved = "           port 8080 is taken by another program\n"
	}
	text := fmt.Sprintf("demo API   %s   a small order service, contract built in, %s\n%sclients    %s, %s, all five parties        everything is local, nothing leaves this machine\n",
		d.Address(), count(operations(d.Contract()), "operation"), moved, count(d.Programs(), "program"), count(d.Mistakes(), "mistake"))
	return report.Wrapped(w.raw, w.Options, len("demo API   "), text)
}

// hinting says once, after the first few failures, what can be done with their
// ids.
type hinting struct {
	guard.Sink
	say func(string)

	seen  int
	first string // id of a call whose corrected request is worth a try
	told  bool
}

// hintAfter is how many failures are shown before the hint.
const hintAfter = 3

// Deliver passes the call on and counts failures. The guard calls it from one
// goroutine.
func (h *hinting) Deliver(ctx context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	h.Sink.Deliver(ctx, ex, d)
	if len(d.Findings) == 0 {
		return
	}
	if h.seen++; h.first == "" && d.Corrected != nil && d.Checked == faultline.Checked {
		h.first = ex.ID
	}
	if h.seen >= hintAfter && h.first != "" && !h.told {
		h.told = true
		h.say("try this   faultline explain " + h.first + "        then paste the curl it prints: the API answers 201")
	}
}

// demoBridge leads from the demo to the reader's own code.
const demoBridge = `your own code, next:
  faultline run -- npm test                     explain every failed call a command makes
  faultline proxy --to http://localhost:3000    put it in front of a service; --contract openapi.yaml names fields
  faultline check -c openapi.yaml calls.har     hold recorded calls against a contract
  pbpaste | faultline explain -                 a curl command, ` + "`curl -v`" + ` trace, HAR, .http, JWT or console message
`
