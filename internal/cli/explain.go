package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/internal/malformed"
	"github.com/faultline-http/faultline/internal/report"
)

// explainOptions are the flags of `explain`.
type explainOptions struct {
	each        bool
	all         bool
	reflow      bool
	why         bool
	contractDir string
	keys        keyFlags
}

func (a *app) explainCommand() *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:   "explain [FILE|-|CAUSE|ID]...",
		Short: "why did this fail: a call, a file of calls, or the page of a cause",
		Long: `The name of a cause shows its page; an existing file, or - for standard input, is read; anything else is the
id of a call that the last run or demo kept. What is read is recognised by itself: traces, logs, errors of clients, a
browser's console, a token, a status (faultline help formats). With several calls, each failed one is explained and the
rest are counted; --each answers for every call of the input, in its order, and with an error in place of what cannot be
read.`,
		Example: "curl -v https://api.example.com/v1/orders 2>&1 | faultline explain -\n" +
			"faultline explain -c openapi.yaml session.har\n" +
			"faultline explain auth.token-expired\n" +
			"faultline explain --each --format ndjson calls.jsonl",
		Annotations:       exits(exitsWithFindings),
		ValidArgsFunction: completeExplain,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.flags.check(report.Formats()...); err != nil {
				return err
			}
			if len(args) == 0 {
				if onTerminal(a.Stdin) {
					return a.needsInput(cmd, "a call to explain")
				}
				args = []string{"-"}
			}
			return a.explain(cmd.Context(), args, o)
		},
	}
	fs := cmd.Flags()
	fs.BoolVar(&o.each, "each", false, "answer for every call, healthy and unreadable ones too")
	fs.StringVar(&o.contractDir, "contract-dir", "", "folder of the contracts that the calls of a file name themselves")
	fs.BoolVar(&o.all, "all", false, "every finding, not only the first 8")
	fs.BoolVar(&o.why, "why", false, "why the findings stand in their order")
	fs.BoolVar(&o.reflow, "reflow", false, "indent bodies that are one long line")
	argName(fs, "contract-dir", "DIR")
	o.keys.add(fs)
	inGroup(fs, "what is explained", "each", "contract-dir", "jwks", "openid")
	inGroup(fs, "how it is shown", "all", "reflow", "why")
	return cmd
}

func completeExplain(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return causeNames(), cobra.ShellCompDirectiveDefault
}

// explain sorts the arguments into pages and calls, and explains them in their
// order.
func (a *app) explain(ctx context.Context, args []string, o explainOptions) error {
	x, err := a.newExplainer(ctx, o)
	if err != nil {
		return err
	}
	return a.toOutput(func(w *output) error {
		shown := w.Options
		shown.All, shown.Reflow = o.all, o.reflow
		out, err := a.newWriter(w, shown)
		if err != nil {
			return err
		}
		for _, arg := range args {
			if page, err := causes.PageOf(faultline.Slug(arg)); err == nil {
				if err := a.writePage(w, page); err != nil {
					return err
				}
				continue
			}
			if err := x.explainArgument(ctx, arg, out); err != nil {
				return errors.Join(err, out.Close())
			}
		}
		if err := errors.Join(x.showOnly(out), out.Close()); err != nil {
			return err
		}
		return x.end(w)
	})
}

// explainer explains calls and remembers what came of it.
type explainer struct {
	app     *app
	opts    explainOptions
	engines *engines
	history *diagnose.History
	secrets faultline.Redactor

	only                     *keptCall // a healthy call that is shown if no other comes
	calls, found, unreadable int
}

func (a *app) newExplainer(ctx context.Context, o explainOptions) (*explainer, error) {
	c, err := a.loadSharedContract()
	if err != nil {
		return nil, err
	}
	if o.contractDir != "" {
		if info, err := os.Stat(o.contractDir); err != nil || !info.IsDir() {
			return nil, usagef("name the folder that holds them", "`--contract-dir %s` is not a folder", o.contractDir)
		}
	}
	if c != nil {
		a.warnUnverified(c, a.flags.contract)
	}
	keys, err := o.keys.load(ctx)
	if err != nil {
		return nil, err
	}
	history := diagnose.NewHistory(0)
	options := append(history.Options(), diagnose.WithKeys(keys))
	if o.why {
		options = append(options, diagnose.WithReasons())
	}
	return &explainer{app: a, opts: o, history: history, engines: a.newEngines(c, o.contractDir, options...)}, nil
}

// explainArgument explains the calls behind one argument. Only an output that
// cannot be written is an error of it: what cannot be read is said and counted.
func (x *explainer) explainArgument(ctx context.Context, arg string, out report.Writer) error {
	if arg != "-" && !exists(arg) {
		call, err := x.kept(arg)
		if err != nil {
			return err
		}
		return x.show(call.exchange, call.diagnosis, out)
	}
	return x.explainCalls(ctx, arg, out)
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// one explains a call. What is shown is a copy: the calls around it are still
// held against the original, whose secrets tell much.
func (x *explainer) one(ex *faultline.Exchange, out report.Writer) error {
	d := x.engines.of(ex).Diagnose(ex)
	malformed.Explain(ex, d)
	shown := ex.Clone()
	x.secrets.Redact(shown, d)
	return x.show(shown, d, out)
}

// show counts a call and shows it if it failed or if all are asked for.
func (x *explainer) show(ex *faultline.Exchange, d *faultline.Diagnosis, out report.Writer) error {
	x.calls++
	if d.Failed || len(d.Findings) > 0 {
		x.found++
		return out.Add(ex, d)
	}
	if x.opts.each {
		return out.Add(ex, d)
	}
	if x.calls == 1 {
		x.only = &keptCall{ex, d}
	}
	return nil
}

// showOnly shows the one call that there was, although nothing is wrong with
// it: somebody asked about this very call.
func (x *explainer) showOnly(out report.Writer) error {
	if x.calls != 1 || x.only == nil {
		return nil
	}
	return out.Add(x.only.exchange, x.only.diagnosis)
}

// cannotRead shows an error in its place, and goes on where the reader does.
func (x *explainer) cannotRead(err error, out report.Writer) error {
	x.unreadable++
	if x.opts.each {
		return out.Unreadable(unreadable(err))
	}
	x.app.printError(err)
	return nil
}

// kept looks an id up among the calls that the last run and the last demo kept.
func (x *explainer) kept(id string) (keptCall, error) {
	folder, err := x.app.stateFolder()
	if err != nil {
		return keptCall{}, noSuchThing(id)
	}
	call, ok, err := inJournal(folder, id)
	if err != nil {
		return keptCall{}, inputf("", "%w", err)
	}
	if !ok {
		return keptCall{}, noSuchThing(id)
	}
	return call, nil
}

// noSuchThing is the error for a word that is no cause, file or id.
func noSuchThing(arg string) error {
	var slugs []string
	for _, r := range causes.All() {
		slugs = append(slugs, string(r.Slug))
	}
	fix := "`faultline causes` lists the causes; ids are those of the last `faultline run` or `faultline demo`"
	if near := nearest(arg, slugs); near != "" {
		fix = "`faultline explain " + near + "`"
	} else if files, _ := filepath.Glob(filepath.Join(filepath.Dir(arg), "*")); len(files) > 0 {
		if near := nearest(filepath.Clean(arg), files[:min(len(files), mostListed)]); near != "" {
			fix = "`faultline explain " + near + "`"
		}
	}
	return inputf(fix, "`%s` is not a cause, a file, or the id of a call that was kept", arg)
}

// mostListed bounds the search for a file of a similar name.
const mostListed = 1000

// end counts on stderr what was not shown, and gives the exit code.
func (x *explainer) end(w *output) error {
	if x.calls > 1 && x.app.flags.format == formatText {
		if err := w.Flush(); err != nil {
			return err
		}
		x.app.notice("%s", x.summary())
	}
	if x.unreadable > 0 {
		return errSaid
	}
	if x.found > 0 {
		return errFound
	}
	return nil
}

func (x *explainer) summary() string {
	line := fmt.Sprintf("%s · %d ok · %d failed", count(x.calls, "call"), x.calls-x.found, x.found)
	if x.unreadable > 0 {
		line += fmt.Sprintf(" · %d not readable", x.unreadable)
	}
	return line
}

// needsInput is what a command says that would wait for a keyboard.
func (a *app) needsInput(cmd *cobra.Command, what string) error {
	fix := "name a file, or pipe it in:\n" + cmd.Example
	return usagef(fix, "`%s` needs %s, and standard input is a terminal", cmd.CommandPath(), what)
}
