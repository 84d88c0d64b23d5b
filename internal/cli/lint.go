package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline/contract"
)

// severities are those of findings about a contract, the worst first.
var severities = []contract.LintSeverity{contract.LintError, contract.LintWarning, contract.LintInfo}

func (a *app) lintCommand() *cobra.Command {
	var l linter
	cmd := &cobra.Command{
		Use:   "lint FILE...",
		Short: "the contract itself: where it contradicts itself or can be read in two ways",
		Long: "An error contradicts itself or keeps calls from being judged, a warning is ambiguous or formally wrong, an info\n" +
			"changes no verdict. What each rule is for stands in docs/contract-lint.md. FILE may also be given with --contract.",
		Example: "faultline contract lint openapi.yaml\n" +
			"faultline contract lint --fail-on warning --format github api/*.yaml",
		Annotations: exits(exitsWithFindings),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.flags.check(formatText, formatJSON, formatNDJSON, formatGitHub); err != nil {
				return err
			}
			if choices := []string{"error", "warning", "info", "none"}; !slices.Contains(choices, l.failOn) {
				return badChoice("--fail-on", l.failOn, choices)
			}
			if len(args) == 0 && a.flags.contract == "" {
				return usagef("`"+cmd.CommandPath()+" openapi.yaml`", "`%s` needs a file", cmd.CommandPath())
			}
			if len(args) == 0 {
				args = []string{a.flags.contract}
			}
			l.app = a
			return l.files(args)
		},
	}
	cmd.Flags().StringVar(&l.failOn, "fail-on", "error", "exit with 1 from this severity on: error, warning, info or none")
	cmd.Flags().BoolVar(&l.all, "all", false, "every finding, infos too, not only the first 8 of a rule")
	argName(cmd.Flags(), "fail-on", "WHAT")
	return cmd
}

// linter judges contracts and counts.
type linter struct {
	app    *app
	failOn string
	all    bool

	unreadable int
	failed     bool
}

func (l *linter) files(names []string) error {
	return l.app.toOutput(func(w *output) error {
		out := l.newWriter(w)
		for _, name := range names {
			r, err := l.app.lintFile(name)
			if err != nil {
				l.unreadable++
				l.app.printError(err)
				continue
			}
			l.failed = l.failed || l.fails(r)
			if err := out.add(r); err != nil {
				return err
			}
		}
		if err := out.close(); err != nil {
			return err
		}
		switch {
		case l.unreadable > 0:
			return errSaid
		case l.failed:
			return errFound
		}
		return nil
	})
}

// lintFile judges one file. Like a contract that is loaded, it may refer to
// files above its own folder.
func (a *app) lintFile(name string) (*contract.LintReport, error) {
	if err := plainFile(name); err != nil {
		return nil, err
	}
	options, err := a.contractOptions()
	if err != nil {
		return nil, err
	}
	dir, base := filepath.Split(filepath.Clean(name))
	dir = filepath.Clean(dir)
	for range mostFolders {
		r, err := contract.Lint(folder(dir), base, options)
		full, absErr := filepath.Abs(dir)
		if err == nil && r.Outside && absErr == nil && filepath.Dir(full) != full {
			dir, base = filepath.Join(dir, ".."), filepath.Base(full)+"/"+base
			continue
		}
		if err != nil {
			var broken *contract.Error
			if errors.As(err, &broken) {
				broken.File = inFolder(dir, broken.File)
			}
			return nil, &failure{kind: kindContract, err: err}
		}
		r.File = filepath.Join(dir, r.File)
		for i := range r.Findings {
			r.Findings[i].Source.File = filepath.Join(dir, r.Findings[i].Source.File)
		}
		return r, nil
	}
	return nil, inputf("keep the files of a contract together", "contract %s: its references lead out of %d folders", name, mostFolders)
}

// fails reports whether a report has something at or above --fail-on.
func (l *linter) fails(r *contract.LintReport) bool {
	for _, s := range severities {
		if l.failOn == "none" {
			return false
		}
		if r.Count(s) > 0 {
			return true
		}
		if string(s) == l.failOn {
			return false
		}
	}
	return false
}

// lintWriter writes reports in one format.
type lintWriter interface {
	add(r *contract.LintReport) error
	close() error
}

func (l *linter) newWriter(w *output) lintWriter {
	switch l.app.flags.format {
	case formatJSON:
		return &lintJSON{w: w}
	case formatNDJSON:
		return &lintJSON{w: w, lines: true}
	case formatGitHub:
		return &lintGitHub{w: w}
	}
	return &lintText{l: l, w: w}
}

// lintText is for people.
type lintText struct {
	l *linter
	w *output
}

// mostOfRule is how many findings of one rule are shown, if not all are wanted.
const mostOfRule = 8

func (t *lintText) add(r *contract.LintReport) error {
	shown, hidden := map[string]int{}, map[string]int{}
	var order []string
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Severity == contract.LintInfo && !t.l.all {
			continue
		}
		if shown[f.Rule] >= mostOfRule && !t.l.all {
			if hidden[f.Rule]++; hidden[f.Rule] == 1 {
				order = append(order, f.Rule)
			}
			continue
		}
		shown[f.Rule]++
		t.w.detail(f.Detail())
		fmt.Fprintln(t.w)
	}
	for _, rule := range order {
		fmt.Fprintf(t.w, "and %d more of %s\n", hidden[rule], rule)
	}
	if len(order) > 0 {
		fmt.Fprintln(t.w)
	}
	if err := t.w.Flush(); err != nil {
		return err
	}
	t.l.app.notice("%s", t.summary(r, len(order) > 0))
	return nil
}

func (t *lintText) summary(r *contract.LintReport, cut bool) string {
	line := filepath.Base(r.File)
	if r.Version != "" {
		line += " " + r.Version
	}
	line += " · " + count(r.Operations, "operation")
	if len(r.Findings) == 0 {
		return line + " · nothing found"
	}
	for _, s := range severities {
		if n := r.Count(s); n > 0 {
			line += " · " + count(n, string(s))
		}
	}
	if r.More > 0 {
		line += fmt.Sprintf(" · %d more not listed", r.More)
	}
	if !t.l.all && (cut || r.Count(contract.LintInfo) > 0) {
		line += " · --all shows every one"
	}
	return line
}

func (t *lintText) close() error { return nil }

// detail prints an error or a finding with its label, caret and fix in colour.
func (w *output) detail(text string) {
	for line := range strings.SplitSeq(w.clean(text), "\n") {
		switch {
		case strings.HasPrefix(line, "error["):
			line = w.red("error") + line[len("error"):]
		case strings.HasPrefix(line, "warning["):
			line = w.yellow("warning") + line[len("warning"):]
		case strings.HasPrefix(line, "fix: "):
			line = "  " + w.green("fix") + "  " + line[len("fix: "):]
		case strings.TrimLeft(line, " |") == "^":
			line = strings.TrimSuffix(line, "^") + w.red("^")
		}
		fmt.Fprintln(w, line)
	}
}
