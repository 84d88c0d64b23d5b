package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/faultline-http/faultline/internal/ca"
	"github.com/faultline-http/faultline/internal/trust"
)

// storeFlags choose trust stores.
type storeFlags struct {
	kinds  []string
	dryRun bool
}

func (f *storeFlags) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	f.addDryRun(fs)
	fs.StringSliceVar(&f.kinds, "store", nil, "only stores of this kind: system, nss (browsers), java; may be repeated")
	argName(fs, "store", "KIND")
	completes(cmd, "store", kindNames()...)
}

func (f *storeFlags) addDryRun(fs *pflag.FlagSet) {
	fs.BoolVar(&f.dryRun, "dry-run", false, "show what would be done, and do nothing")
}

func (f *storeFlags) check() error {
	for _, k := range f.kinds {
		if !slices.Contains(kindNames(), k) {
			return badChoice("--store", k, kindNames())
		}
	}
	return nil
}

func (f *storeFlags) wants(k trust.Kind) bool {
	return len(f.kinds) == 0 || slices.Contains(f.kinds, string(k))
}

func kindNames() (names []string) {
	for _, k := range trust.Kinds() {
		names = append(names, string(k))
	}
	return names
}

func (a *app) caInstallCommand() *cobra.Command {
	var f storeFlags
	cmd := &cobra.Command{
		Use:   "install",
		Short: "make the system, browsers and Java trust the authority",
		Long: `run needs none of this: it tells the command that it starts whom to trust. install is for programs that are started
otherwise and go through ` + "`faultline proxy --forward`" + `. The system's store takes root; where this is not root, sudo asks.
What is changed is written down, and remove changes exactly that back.

Who can read the authority's key can then play any host to the programs of this machine; only this user can. Less is at
stake with an authority for some hosts: faultline ca create --only HOST.`,
		Example: "faultline ca install --dry-run\nfaultline ca install --store nss",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := errors.Join(a.flags.check(formatText), f.check()); err != nil {
				return err
			}
			return a.toOutput(func(w *output) error { return a.installCA(cmd.Context(), w, &f) })
		},
	}
	f.add(cmd)
	return cmd
}

func (a *app) caRemoveCommand() *cobra.Command {
	var f storeFlags
	var erase bool
	cmd := &cobra.Command{
		Use:     "remove",
		Short:   "undo what install did; with --delete the authority itself goes, too",
		Example: "faultline ca remove --dry-run\nfaultline ca remove --delete",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.flags.check(formatText); err != nil {
				return err
			}
			return a.toOutput(func(w *output) error { return a.removeCA(cmd.Context(), w, &f, erase) })
		},
	}
	f.addDryRun(cmd.Flags())
	cmd.Flags().BoolVar(&erase, "delete", false, "delete certificate and key as well")
	return cmd
}

// trusting carries steps out, or only says them.
type trusting struct {
	app     *app
	w       *output
	dry     bool
	machine *trust.Machine
	record  *trust.Record
	failed  bool
}

func (a *app) newTrusting(w *output, dry bool) (*trusting, error) {
	folder, err := a.dataFolder()
	if err != nil {
		return nil, inputf("set XDG_DATA_HOME", "what was changed cannot be written down: %w", err)
	}
	record, err := trust.OpenRecord(folder)
	if err != nil {
		return nil, inputf("", "%w", err)
	}
	return &trusting{app: a, w: w, dry: dry, machine: trust.Here(), record: record}, nil
}

func (a *app) installCA(ctx context.Context, w *output, f *storeFlags) error {
	t, err := a.newTrusting(w, f.dryRun)
	if err != nil {
		return err
	}
	authority, folder, err := t.authority()
	if err != nil {
		return err
	}
	if authority == nil {
		return nil // said already
	}
	subject := trust.Authority{Cert: authority.Certificate(), File: ca.CertPath(folder)}
	if other := t.record.Other(subject); other != "" {
		return inputf("`faultline ca remove`, then install this one", "the stores trust another authority of ours, `%s`", other)
	}
	t.line("%s", authority.Name())
	for _, e := range t.machine.Plan(subject) {
		if f.wants(e.Kind) {
			t.install(ctx, e, subject)
		}
	}
	return t.end()
}

// authority is the one to install. A dry run makes none.
func (t *trusting) authority() (*ca.Authority, string, error) {
	if !t.dry {
		return t.app.openCA()
	}
	folder, err := t.app.caFolder()
	if err != nil {
		return nil, "", err
	}
	authority, err := ca.Load(folder)
	if errors.Is(err, fs.ErrNotExist) {
		t.line("makes an authority in %s, and installs it; `faultline ca create` makes it beforehand, and then this shows the rest", folder)
		return nil, "", nil
	}
	return authority, folder, t.app.badCA(err)
}

func (t *trusting) install(ctx context.Context, e trust.Entry, subject trust.Authority) {
	switch {
	case e.Missing != "":
		t.line("- %s: left out: %s", e.Store, e.Missing)
		return
	case t.record.Has(e, subject):
		t.line("- %s: has it already", e.Store)
		return
	}
	t.line("- %s", e.Store)
	if t.take(ctx, e.Install) > 0 && !t.dry {
		t.keep(t.record.Add(e, subject)) // half of it has to be undone, too
	}
}

// take carries the steps out one after the other, until one fails, and tells
// how many did not.
func (t *trusting) take(ctx context.Context, steps []trust.Step) int {
	for done, s := range steps {
		t.line("    %s%s", s.Does, t.rights(s))
		t.line("      %s", t.machine.Command(s))
		if t.dry {
			continue
		}
		_ = t.w.Flush() // before sudo asks
		if err := t.machine.Do(ctx, s); err != nil {
			t.failed = true
			t.app.printError(inputf("run it by hand: `"+t.machine.Command(s)+"`", "%w", err))
			return done
		}
	}
	return len(steps)
}

func (t *trusting) rights(s trust.Step) string {
	if s.Root && !t.machine.Admin {
		return " (takes root; sudo asks)"
	}
	return ""
}

func (a *app) removeCA(ctx context.Context, w *output, f *storeFlags, erase bool) error {
	t, err := a.newTrusting(w, f.dryRun)
	if err != nil {
		return err
	}
	if len(t.record.Made) == 0 {
		t.line("no store was changed: nothing to undo")
	}
	for _, made := range slices.Clone(t.record.Made) {
		t.undo(ctx, made)
	}
	if erase && !t.failed {
		if err := t.erase(); err != nil {
			return err
		}
	}
	return t.end()
}

func (t *trusting) undo(ctx context.Context, made trust.Made) {
	e, err := t.machine.Undo(made)
	switch {
	case err != nil:
		t.keep(err)
		return
	case e.Missing != "":
		t.failed = true
		t.line("- %s: %s", e.Store, e.Missing)
		return
	case len(e.Remove) == 0:
		t.line("- %s: is gone, and the authority with it", e.Store)
	default:
		t.line("- %s: %s", e.Store, made.Authority)
	}
	if t.take(ctx, e.Remove) == len(e.Remove) && !t.dry {
		t.keep(t.record.Drop(made))
	}
}

// erase deletes the authority. Stores that still trust it keep it alive in no
// way: nobody has the key any more.
func (t *trusting) erase() error {
	folder, err := t.app.caFolder()
	if err != nil {
		return err
	}
	t.line("- deletes %s with certificate and key", folder)
	if t.dry {
		return nil
	}
	return ca.Delete(folder)
}

func (t *trusting) line(format string, args ...any) {
	fmt.Fprintln(t.w, t.w.clean(fmt.Sprintf(format, args...)))
}

// keep says that the record could not be written: what was done is done.
func (t *trusting) keep(err error) {
	if err != nil {
		t.failed = true
		t.app.printError(inputf("", "what was changed could not be written down: %w", err))
	}
}

func (t *trusting) end() error {
	if t.failed {
		return errSaid
	}
	return nil
}
