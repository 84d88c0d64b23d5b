package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/capture"
	"github.com/faultline-http/faultline/internal/config"
)

// errFound ends a command that did its work and found something: exit code 1,
// nothing to say.
var errFound = errors.New("found something")

// errSaid ends a command that could not do all of its work and has said so.
var errSaid = errors.New("said already")

// kind tells errors apart for programs that call us.
type kind string

const (
	kindUsage    kind = "usage"    // the command line
	kindInput    kind = "input"    // a file, standard input, an address
	kindContract kind = "contract" // the API description
	kindConfig   kind = "config"   // the configuration
	kindInternal kind = "internal" // a bug of ours
)

// failure is an error that says what to do about it.
type failure struct {
	kind kind
	err  error
	fix  string // what to type or change; may be empty
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func usagef(fix, format string, args ...any) error {
	return &failure{kind: kindUsage, err: fmt.Errorf(format, args...), fix: fix}
}

func inputf(fix, format string, args ...any) error {
	return &failure{kind: kindInput, err: fmt.Errorf(format, args...), fix: fix}
}

// kindOf finds the kind of an error; one that nobody classified comes from a
// file or a socket.
func kindOf(err error) kind {
	var f *failure
	if errors.As(err, &f) {
		return f.kind
	}
	return kindInput
}

// printError says on stderr what went wrong: words for people, one JSON object
// when a JSON format was asked for.
func (a *app) printError(err error) {
	if a.wantsJSON() {
		enc := json.NewEncoder(a.Stderr)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(map[string]errorJSON{"error": errorForPrograms(err)})
		return
	}
	if placed := detailed(err); len(placed) > 0 {
		a.printDetails(placed)
		return
	}
	a.printDetail("error: " + strings.TrimRight(err.Error(), "\n"))
	for i, line := range strings.Split(fixOf(err), "\n") {
		switch {
		case line == "":
		case i == 0:
			a.printDetail("fix: " + line)
		default:
			a.printDetail("       " + line)
		}
	}
}

// A detailer is an error that shows the line of a file with a caret.
type detailer interface {
	error
	Detail() string
}

// detailed finds the errors that show their lines, of several joined ones each.
func detailed(err error) (out []detailer) {
	switch e := err.(type) {
	case detailer:
		return []detailer{e}
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			out = append(out, detailed(one)...)
		}
	case interface{ Unwrap() error }:
		return detailed(e.Unwrap())
	}
	return out
}

// mostErrors is how many errors of one file are printed: mending some of them
// often mends the rest.
const mostErrors = 20

func (a *app) printDetails(all []detailer) {
	for _, one := range all[:min(len(all), mostErrors)] {
		a.printDetail(one.Detail())
	}
	if more := len(all) - mostErrors; more > 0 {
		a.printDetail(fmt.Sprintf("and %s more", count(more, "error")))
	}
}

// printDetail prints the lines of an error with their labels in colour.
func (a *app) printDetail(text string) {
	s := a.screen(a.Stderr)
	for line := range strings.SplitSeq(s.clean(text), "\n") {
		if rest, ok := strings.CutPrefix(line, "error: "); ok {
			line = s.red("error") + ": " + rest
		} else if rest, ok := strings.CutPrefix(line, "fix: "); ok {
			line = "  " + s.green("fix") + "  " + rest
		} else if trimmed := strings.TrimLeft(line, " \t|"); strings.HasPrefix(trimmed, "^") {
			line = strings.TrimSuffix(line, trimmed) + s.red(trimmed)
		}
		fmt.Fprintln(a.Stderr, line)
	}
}

func fixOf(err error) string {
	var f *failure
	if errors.As(err, &f) {
		return f.fix
	}
	return ""
}

// errorJSON is an error for programs.
type errorJSON struct {
	Kind    kind   `json:"kind"`
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`

	Errors []errorJSON `json:"errors,omitempty"` // each of several
}

func errorForPrograms(err error) errorJSON {
	out := errorJSON{Kind: kindOf(err), Message: err.Error(), Fix: fixOf(err)}
	var broken *contract.Error
	var record *capture.RecordError
	var placed *config.Error
	if all := detailed(err); len(all) > 1 {
		for _, one := range all {
			out.Errors = append(out.Errors, errorForPrograms(&failure{kind: out.Kind, err: one}))
		}
		return out
	}
	switch {
	case errors.As(err, &placed):
		out.Message, out.Fix = placed.Msg, placed.Remedy
		if len(placed.Places) > 0 {
			out.File, out.Line, out.Column = placed.Places[0].File, placed.Places[0].Line, placed.Places[0].Column
		}
	case errors.As(err, &broken):
		out.Fix, out.File, out.Line, out.Column = broken.Remedy, broken.File, broken.Line, broken.Column
	case errors.As(err, &record):
		out.Line = record.Line
	}
	return out
}

// wantsJSON also works when the flags could not be read: the error about them
// has to come in the format that was asked for.
func (a *app) wantsJSON() bool {
	format := a.flags.format
	for i, arg := range a.args {
		if v, ok := strings.CutPrefix(arg, "--format="); ok {
			format = v
		} else if arg == "--format" && i+1 < len(a.args) {
			format = a.args[i+1]
		}
	}
	return format == formatJSON || format == formatNDJSON
}

// panicked says that a panic is our bug and what to report. The arguments stay
// out of it: they may hold a secret.
func (a *app) panicked(p any, stack []byte) int {
	command := "faultline"
	if cmd, _, err := a.root.Find(a.args); err == nil {
		command = cmd.CommandPath()
	}
	what := fmt.Sprintf("%T", p)
	if err, ok := p.(runtime.Error); ok {
		what = err.Error()
	}
	err := &failure{
		kind: kindInternal,
		err:  fmt.Errorf("`%s` came to a state that it should not reach (%s): this is a bug of faultline", command, what),
		fix:  "report it with these lines; they hold no argument and no content of a call:",
	}
	a.printError(err)
	fmt.Fprintf(a.Stderr, "%s\n", versionLine())
	for _, line := range frames(stack) {
		fmt.Fprintln(a.Stderr, line)
	}
	return exitCannot
}

// frames keeps the function names and positions of a stack and drops the
// argument words that the runtime prints with them.
func frames(stack []byte) []string {
	const most = 24
	var out []string
	for line := range strings.Lines(string(stack)) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "goroutine ") || line == "" {
			continue
		}
		if !strings.HasPrefix(line, "\t") {
			if i := strings.LastIndexByte(line, '('); i > 0 {
				line = line[:i]
			}
		} else if i := strings.LastIndex(line, " +0x"); i > 0 {
			line = line[:i]
		}
		if home, err := os.UserHomeDir(); err == nil && len(home) > 1 {
			line = strings.ReplaceAll(line, home, "~")
		}
		if out = append(out, line); len(out) == most {
			break
		}
	}
	return out
}
