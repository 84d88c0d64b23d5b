package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check -c CONTRACT FILE...",
		Short: "hold calls against a contract, offline: every violation is listed",
		Long: `Any file that faultline reads will do, - is standard input; an answer in it is held against the contract too.
Only the contract counts here: a call that keeps it is well, whatever status it got. ` + "`faultline explain`" + ` looks
further.`,
		Example: "faultline check -c openapi.yaml calls/*.http\n" +
			"faultline check -c openapi.yaml --format ndjson session.har | jq -c '.findings[]'",
		Annotations: exits(exitsWithFindings),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.flags.check(formatText, formatJSON, formatNDJSON, formatMarkdown); err != nil {
				return err
			}
			if a.flags.contract == "" {
				return usagef("add --contract openapi.yaml", "`%s` needs a contract", cmd.CommandPath())
			}
			if len(args) == 0 {
				if onTerminal(a.Stdin) {
					return a.needsInput(cmd, "calls to check")
				}
				args = []string{"-"}
			}
			return a.check(cmd.Context(), args)
		},
	}
}

// check holds the calls of all files against the contract.
func (a *app) check(ctx context.Context, files []string) error {
	c, err := a.loadContract(a.flags.contract)
	if err != nil {
		return err
	}
	a.warnUnverified(c, a.flags.contract)
	k := &checker{app: a, contract: c, engine: diagnose.New(diagnose.WithContract(c))}
	return a.toOutput(func(w *output) error {
		out := a.newRenderer(w, renderOptions{all: true})
		for _, file := range files {
			if err := k.file(ctx, file, out); err != nil {
				return errors.Join(err, out.close())
			}
		}
		if err := out.close(); err != nil {
			return err
		}
		return k.end(w)
	})
}

// checker holds calls against one contract and counts.
type checker struct {
	app      *app
	contract *contract.Contract
	engine   *diagnose.Engine

	calls, bad, unjudged, unreadable int
}

func (k *checker) file(ctx context.Context, name string, out renderer) error {
	for ex, err := range k.app.exchangesIn(ctx, name) {
		if err != nil {
			k.unreadable++
			k.app.printError(err)
			continue
		}
		d := k.judge(ex)
		k.calls++
		switch {
		case len(d.Findings) > 0:
			k.bad++
		case d.Unverified != "":
			k.unjudged++
		}
		// People want to see what is wrong; programs get an answer for every call.
		if len(d.Findings) > 0 || k.app.flags.format != formatText {
			if err := out.exchange(ex, d); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			k.unreadable++
			k.app.printError(errInterrupted)
			return nil
		}
	}
	return nil
}

// judge lets the engine put the violations into words. What the contract has
// nothing against is left out, whatever else may be said of the call.
func (k *checker) judge(ex *faultline.Exchange) *faultline.Diagnosis {
	return k.engine.Diagnose(ex)
}

// end counts on stderr, and gives the exit code.
func (k *checker) end(w *output) error {
	if k.app.flags.format == formatText {
		if err := w.Flush(); err != nil {
			return err
		}
		k.app.notice("%s", k.summary())
	}
	switch {
	case k.unreadable > 0:
		return errSaid
	case k.bad > 0:
		return errFound
	}
	return nil
}

func (k *checker) summary() string {
	line := fmt.Sprintf("%s held against %s · %d keep it · %d break it", count(k.calls, "call"), title(k.contract), k.calls-k.bad-k.unjudged, k.bad)
	if k.unjudged > 0 {
		line += fmt.Sprintf(" · %d not judged", k.unjudged)
	}
	if k.unreadable > 0 {
		line += fmt.Sprintf(" · %d not readable", k.unreadable)
	}
	return line
}
