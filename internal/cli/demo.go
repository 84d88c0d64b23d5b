package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/demo"
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
	return a.toOutput(func(w *output) error {
		watch := a.newWatch(w)
		kept := a.keepDemo()
		first := &firstFailure{said: a.demoHint, can: kept != nil}
		o.Sinks = []guard.Sink{watch, first}
		if kept != nil {
			o.Sinks = append([]guard.Sink{kept}, o.Sinks...)
		}
		d, err := demo.Start(o)
		if err != nil {
			return inputf("", "%w", err)
		}
		if err := watch.header(a.demoHeader(d)); err != nil {
			return errors.Join(err, d.Close())
		}
		bridge := time.AfterFunc(bridgeAfter, func() { watch.say(demoBridge()) })
		err = d.Run(ctx)
		if bridge.Stop() {
			defer watch.say(demoBridge())
		}
		if kept != nil {
			if err := kept.Close(); err != nil {
				a.warn("the calls of the demo could not all be kept: %v", err)
			}
		}
		return errors.Join(err, watch.end(d.Counts(), 0, 0))
	})
}

// keepDemo opens the journal. Without it the demo runs as well.
func (a *app) keepDemo() *journal {
	folder, err := a.stateFolder()
	if err == nil {
		var j *journal
		if j, err = newJournal(folder); err == nil {
			return j
		}
	}
	a.warn("calls are not kept for `faultline explain ID`: %v", err)
	return nil
}

func (a *app) demoHeader(d *demo.Demo) string {
	var b strings.Builder
	fmt.Fprintf(&b, "demo API   %s   a small order service, contract built in, %s\n", d.Address(), count(operations(d.Contract()), "operation"))
	if d.Moved() {
		b.WriteString("           the usual port 8080 is taken by another program\n")
	}
	fmt.Fprintf(&b, "clients    %s, %s, all five parties        everything is local, nothing leaves this machine\n",
		count(d.Programs(), "program"), count(d.Mistakes(), "mistake"))
	return b.String()
}

// firstFailure says after the first few failures what can be done with their ids.
type firstFailure struct {
	said func(id string)
	can  bool

	mu   sync.Mutex
	seen int
	id   string
}

// hintAfter is how many failures are shown before the hint.
const hintAfter = 3

// Deliver counts failures.
func (f *firstFailure) Deliver(_ context.Context, ex *faultline.Exchange, d *faultline.Diagnosis) {
	if !f.can || len(d.Findings) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.seen == 0 {
		f.id = ex.ID
	}
	if f.seen++; f.seen == hintAfter {
		f.said(f.id)
	}
}

func (a *app) demoHint(id string) {
	a.notice("try this   faultline explain %s        then paste the curl it prints: the API answers 201", id)
}

// demoBridge leads from the demo to the reader's own code.
func demoBridge() string {
	return `your own code, next:
  faultline proxy --to http://localhost:3000    put it in front of a service; --contract openapi.yaml names fields
  faultline check -c openapi.yaml calls.har     hold recorded calls against a contract
  pbpaste | faultline explain -                 a curl command, ` + "`curl -v`" + ` trace, HAR or .http text
`
}
