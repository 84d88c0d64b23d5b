package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// bareHelp is what the command says when it is called with nothing.
const bareHelp = `faultline: why an HTTP API call failed, whose fault it was, and how to fix it

  faultline demo                                   bad calls, explained, on this machine alone
  curl -v … 2>&1 | faultline explain -             a call that failed: also HAR, .http, curl command
  faultline run -- npm test                        every failed call that a command makes

  explain  why did this call fail      proxy     explain calls as they happen    demo        see it work
  check    calls against a contract    contract  what an API promises            completion  for the shell
  causes   what can go wrong           help      formats, exit codes, …          version     which one this is

faultline COMMAND -h    examples and flags of a command
faultline help          all commands and topics
`

// bare answers `faultline` and `faultline --version`.
func (a *app) bare(cmd *cobra.Command, _ []string) error {
	if err := a.flags.check(formatText, formatJSON); err != nil {
		return err
	}
	if version, _ := cmd.Flags().GetBool("version"); version {
		return a.printVersion()
	}
	_, err := io.WriteString(a.Stdout, a.screen(a.Stdout).clean(bareHelp))
	return err
}

// noSuchCommand refuses what is left over when no command has the name.
func (a *app) noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	fix := "`" + cmd.Root().Name() + " help` lists the commands"
	if near := nearest(args[0], names); near != "" {
		fix = "`" + cmd.CommandPath() + " " + near + "`"
	}
	return usagef(fix, "`%s` is not a command of %s", args[0], cmd.CommandPath())
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("`"+cmd.CommandPath()+"` alone", "`%s` takes no argument, and got `%s`", cmd.CommandPath(), args[0])
	}
	return nil
}

// flagError turns what the flag library says into our words, with the nearest
// flag.
func flagError(cmd *cobra.Command, err error) error {
	help := "`" + cmd.CommandPath() + " -h` lists the flags"
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		name := unknown.GetSpecifiedName()
		if shorts := unknown.GetSpecifiedShortnames(); shorts != "" {
			return usagef(help, "`-%s` is not a flag of `%s`", name, cmd.CommandPath())
		}
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := nearest(name, names); near != "" {
			help = "`--" + near + "`"
		}
		return usagef(help, "`--%s` is not a flag of `%s`", name, cmd.CommandPath())
	}
	var bare *pflag.ValueRequiredError
	if errors.As(err, &bare) {
		f := bare.GetFlag()
		return usagef(fmt.Sprintf("`--%s %s`", f.Name, valueName(f)), "`--%s` needs a value", f.Name)
	}
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) {
		f := invalid.GetFlag()
		return usagef("", "`--%s %s` is not %s", f.Name, invalid.GetValue(), typeInWords(f))
	}
	return usagef(help, "%w", err)
}

func typeInWords(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "int", "uint64":
		return "a whole number"
	case "duration":
		return "a duration, such as 500ms, 10s or 2m"
	case "bool":
		return "true or false"
	}
	return "a " + f.Value.Type()
}

func valueName(f *pflag.Flag) string {
	if name := annotation(f, annotationArg); name != "" {
		return name
	}
	switch f.Value.Type() {
	case "bool":
		return ""
	case "int", "uint64":
		return "N"
	case "duration":
		return "TIME"
	}
	return "TEXT"
}

func (a *app) setHelp(root *cobra.Command) {
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		w := bufio.NewWriter(a.Stdout)
		s := a.screen(a.Stdout)
		if cmd == root {
			w.WriteString(s.clean(overview(root)))
		} else {
			w.WriteString(s.headings(s.clean(commandHelp(cmd))))
		}
		_ = w.Flush()
	})
	root.SetHelpCommand(a.helpCommand())
}

// headings makes the lines of a help text that stand at its left edge bold.
func (s screen) headings(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		bare := strings.TrimRight(line, "\n")
		if bare != "" && !strings.HasPrefix(bare, " ") && !strings.Contains(bare, "  ") {
			line = s.bold(bare) + "\n"
		}
		b.WriteString(line)
	}
	return b.String()
}

// overview is `faultline help`.
func overview(root *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\ncommands\n", root.Name(), root.Short)
	for _, c := range inOrder(root) {
		fmt.Fprintf(&b, "  %-12s %s\n", c.Name(), c.Short)
	}
	b.WriteString("\ntopics\n")
	for _, t := range topics {
		fmt.Fprintf(&b, "  help %-12s %s\n", t.name, t.short)
	}
	b.WriteString("\nflags on all commands\n")
	writeFlags(&b, root.PersistentFlags(), "")
	return b.String()
}

// commandHelp leads with examples, then the flags in groups, then the exit
// codes.
func commandHelp(cmd *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", cmd.CommandPath(), cmd.Short)
	if cmd.Example != "" {
		b.WriteString("\nexamples\n")
		for line := range strings.SplitSeq(cmd.Example, "\n") {
			b.WriteString("  " + line + "\n")
		}
	}
	if cmd.Runnable() {
		fmt.Fprintf(&b, "\nusage\n  %s\n", cmd.UseLine())
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\ncommands\n")
		for _, c := range inOrder(cmd) {
			fmt.Fprintf(&b, "  %-12s %s\n", c.Name(), c.Short)
		}
	}
	if cmd.Long != "" {
		b.WriteString("\n" + strings.TrimSpace(cmd.Long) + "\n")
	}
	own := ownFlags(cmd)
	for _, heading := range headingsOf(own) {
		b.WriteString("\n" + heading + "\n")
		writeFlags(&b, own, heading)
	}
	b.WriteString("\nflags on all commands\n")
	writeFlags(&b, cmd.Root().PersistentFlags(), "")
	if codes := exitCodes(cmd); codes != "" {
		b.WriteString("\nexit codes\n" + codes)
	}
	return b.String()
}

// annotationOrder holds the place of a command in the help: the library sorts
// its list by name.
const annotationOrder = "faultline-order"

// inOrder lists the commands below one as they were added.
func inOrder(cmd *cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *cobra.Command) int {
		return strings.Compare(a.Annotations[annotationOrder], b.Annotations[annotationOrder])
	})
	return out
}

// ownFlags are the flags of a command that not all commands have, in the order
// of their declaration.
func ownFlags(cmd *cobra.Command) *pflag.FlagSet {
	own := pflag.NewFlagSet(cmd.Name(), pflag.ContinueOnError)
	own.SortFlags = false
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if cmd.Root().PersistentFlags().Lookup(f.Name) == nil {
			own.AddFlag(f)
		}
	})
	return own
}

const defaultHeading = "flags"

func headingsOf(fs *pflag.FlagSet) []string {
	var out []string
	seen := map[string]bool{}
	fs.VisitAll(func(f *pflag.Flag) {
		if h := headingOf(f); !f.Hidden && f.Name != "help" && !seen[h] {
			seen[h] = true
			out = append(out, h)
		}
	})
	return out
}

func headingOf(f *pflag.Flag) string {
	if h := annotation(f, annotationGroup); h != "" {
		return h
	}
	return defaultHeading
}

// writeFlags lists the flags under one heading, or all when heading is empty.
func writeFlags(b *strings.Builder, fs *pflag.FlagSet, heading string) {
	type row struct{ left, right string }
	var rows []row
	longest := 0
	fs.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || heading != "" && (headingOf(f) != heading || f.Name == "help") {
			return
		}
		left := "    --" + f.Name
		if f.Shorthand != "" {
			left = "-" + f.Shorthand + ", --" + f.Name
		}
		if v := valueName(f); v != "" {
			left += " " + v
		}
		longest = max(longest, len(left))
		rows = append(rows, row{left, f.Usage + defaultInWords(f)})
	})
	for _, r := range rows {
		fmt.Fprintf(b, "  %-*s  %s\n", longest, r.left, r.right)
	}
}

// defaultInWords names the default where it is one that a reader wants to know
// and the description does not say it already.
func defaultInWords(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "false", "0", "0s", "[]", "-":
		return ""
	}
	if strings.Contains(f.Usage, "default") {
		return ""
	}
	value := f.DefValue
	if short, ok := strings.CutSuffix(value, "m0s"); ok {
		value = short + "m" // as people write it
	}
	return " (default " + value + ")"
}

// annotationExit holds the exit codes of a command that differ from its kind's.
const annotationExit = "faultline-exit"

// The exit codes as the help of a command shows them.
const (
	exitsWithFindings = "  0  nothing found\n  1  something found\n  2  could not do it: usage, input, contract, or a bug of ours\n"
	exitsPlain        = "  0  done\n  2  could not do it: usage, input, contract, or a bug of ours\n"
	exitsServing      = "  0  ended by Ctrl-C or SIGTERM\n  2  could not do it: usage, contract, a busy port, or a bug of ours\n"
)

func exitCodes(cmd *cobra.Command) string {
	if !cmd.Runnable() {
		return ""
	}
	if codes, ok := cmd.Annotations[annotationExit]; ok {
		return codes
	}
	return exitsPlain
}

func exits(codes string) map[string]string { return map[string]string{annotationExit: codes} }
