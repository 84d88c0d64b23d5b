package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The output formats.
const (
	formatText     = "text"
	formatJSON     = "json"
	formatNDJSON   = "ndjson"
	formatMarkdown = "markdown"
)

// sharedFlags are the flags that every command takes.
type sharedFlags struct {
	config   string
	contract string
	refs     []string // URL=FILE
	format   string
	output   string
	color    string
	ascii    bool
	width    int
	quiet    bool
	verbose  bool
	strict   bool // of the commands that call strictly
}

func (f *sharedFlags) add(root *cobra.Command) {
	fs := root.PersistentFlags()
	fs.SortFlags = false
	fs.StringVarP(&f.contract, "contract", "c", "", "judge calls by this OpenAPI description (2.0 to 3.2, YAML or JSON)")
	fs.StringVar(&f.config, "config", "", "the configuration, in place of those that are found; see `faultline config path`")
	fs.StringArrayVar(&f.refs, "contract-ref", nil, "the file for a URL that the description refers to; repeatable")
	fs.StringVar(&f.format, "format", formatText, "text, json, ndjson, markdown; for CI sarif, junit, github")
	fs.StringVarP(&f.output, "output", "o", "-", "write results to this file; - is stdout")
	fs.StringVar(&f.color, "color", "auto", "auto, always or never")
	fs.BoolVar(&f.ascii, "ascii", false, "draw with ASCII characters only")
	fs.IntVar(&f.width, "width", 0, "columns to fill, 60 to 120 (default: those of the terminal)")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "no notices on stderr, only errors")
	fs.BoolVarP(&f.verbose, "verbose", "v", false, "say what is read and how")
	fs.BoolP("help", "h", false, "help for the command")
	root.Flags().Bool("version", false, "the version")
	for name, arg := range map[string]string{"contract": "FILE", "config": "FILE", "contract-ref": "URL=FILE", "format": "NAME", "output": "FILE", "color": "WHEN", "width": "N"} {
		argName(fs, name, arg)
	}
}

// check refuses values that no command takes. Which formats a command knows is
// the command's own affair.
func (f *sharedFlags) check(formats ...string) error {
	if len(formats) == 0 {
		formats = []string{formatText}
	}
	if !slices.Contains(formats, f.format) {
		return badChoice("--format", f.format, formats)
	}
	if whens := []string{"auto", "always", "never"}; !slices.Contains(whens, f.color) {
		return badChoice("--color", f.color, whens)
	}
	if f.width < 0 {
		return usagef("give 60 to 120 columns", "`--width %d` is not a width", f.width)
	}
	if f.quiet && f.verbose {
		return usagef("drop one of them", "`--quiet` and `--verbose` contradict each other")
	}
	return nil
}

// strictly adds the flag that lets a contract forbid what it does not declare.
func (f *sharedFlags) strictly(fs *pflag.FlagSet) {
	fs.BoolVar(&f.strict, "strict", false, "what the contract does not declare breaks it: parameters, headers, cookies, fields")
}

// badChoice is the error for a flag with a fixed set of values.
func badChoice(flag, got string, want []string) error {
	fix := "one of " + strings.Join(want, ", ")
	if near := nearest(got, want); near != "" {
		fix = "`" + flag + " " + near + "`"
	}
	return usagef(fix, "`%s %s` is not known here", flag, got)
}

const (
	annotationArg   = "faultline-arg"   // name of the flag's value in the help
	annotationGroup = "faultline-group" // heading that the flag stands under in the help
)

func argName(fs *pflag.FlagSet, name, arg string) {
	annotate(fs, name, annotationArg, arg)
}

// inGroup puts flags under a heading of the help.
func inGroup(fs *pflag.FlagSet, heading string, names ...string) {
	for _, name := range names {
		annotate(fs, name, annotationGroup, heading)
	}
}

func annotate(fs *pflag.FlagSet, name, key, value string) {
	if err := fs.SetAnnotation(name, key, []string{value}); err != nil {
		panic(err) // a flag that is described and not declared
	}
}

func annotation(f *pflag.Flag, key string) string {
	if v := f.Annotations[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}
