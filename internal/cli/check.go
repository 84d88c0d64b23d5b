package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/internal/malformed"
	"github.com/faultline-http/faultline/internal/report"
)

// checkOptions are the flags of `check`.
type checkOptions struct {
	failOn   failOn
	baseline string
	update   bool
	keys     keyFlags
}

func (a *app) checkCommand() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check -c CONTRACT FILE...",
		Short: "hold calls against a contract, offline: every violation is listed",
		Long: `Any file that faultline reads will do, - is standard input; an answer in it is held against the contract too.
Only the contract counts here: a call that keeps it is well, whatever status it got. ` + "`faultline explain`" + ` looks
further.

A baseline is a file of findings that are known: they are counted and fail nothing, so that a team can forbid new
mistakes before the old ones are mended. The same cause at the same place of the same operation is the same finding.`,
		Example: "faultline check -c openapi.yaml calls/*.http\n" +
			"faultline check -c openapi.yaml --format ndjson session.har | jq -c '.findings[]'\n" +
			"faultline check -c openapi.yaml --baseline known.json --update-baseline calls/*.http\n" +
			"faultline check -c openapi.yaml --baseline known.json --format github postman.json",
		Annotations: exits(exitsWithFindings),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.flags.check(report.Formats()...); err != nil {
				return err
			}
			if err := o.check(); err != nil {
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
			return a.check(cmd.Context(), args, o)
		},
	}
	fs := cmd.Flags()
	fs.StringSliceVar((*[]string)(&o.failOn), "fail-on", []string{failAny}, "exit with 1 for: any, none, a party, a cause, a family such as body.*")
	fs.StringVar(&o.baseline, "baseline", "", "file of findings that are known and fail nothing")
	fs.BoolVar(&o.update, "update-baseline", false, "write the findings of this run into the baseline")
	a.flags.strictly(fs)
	o.keys.add(fs)
	argName(fs, "fail-on", "WHAT")
	argName(fs, "baseline", "FILE")
	inGroup(fs, "what is checked", "jwks", "openid")
	inGroup(fs, "what fails", "strict", "fail-on", "baseline", "update-baseline")
	return cmd
}

func (o *checkOptions) check() error {
	if o.update && o.baseline == "" {
		return usagef("add --baseline FILE", "`--update-baseline` needs the file to write")
	}
	return o.failOn.check()
}

// check holds the calls of all files against the contract.
func (a *app) check(ctx context.Context, files []string, o checkOptions) error {
	c, err := a.loadContract(a.flags.contract)
	if err != nil {
		return err
	}
	var known *baseline
	if o.baseline != "" {
		if known, err = openBaseline(o.baseline, o.update); err != nil {
			return err
		}
	}
	keys, err := o.keys.load(ctx)
	if err != nil {
		return err
	}
	a.warnUnverified(c, a.flags.contract)
	with := diagnose.WithContract(c)
	k := &checker{
		app: a, contract: c, failOn: o.failOn, baseline: known, update: o.update,
		requests: diagnose.New(with, diagnose.WithMost(mostViolations), diagnose.WithRules(requestRules()...)),
		answers:  diagnose.New(with, diagnose.WithMost(mostViolations), diagnose.WithRules(answerRules()...)),
		nothing:  diagnose.New(with, diagnose.WithRules()),
	}
	if keys != nil {
		k.tokens = diagnose.New(with, diagnose.WithKeys(keys), diagnose.WithRules(tokenRules()...))
	}
	return a.toOutput(func(w *output) error {
		shown := w.Options
		shown.All = true
		if known != nil {
			shown.Known = known.has
		}
		out, err := a.newWriter(w, shown)
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := k.file(ctx, file, out); err != nil {
				return errors.Join(err, out.Close())
			}
		}
		if err := out.Close(); err != nil {
			return err
		}
		return k.end(w)
	})
}

// mostViolations is more than anybody reads, and keeps a hostile body from
// filling the memory with words.
const mostViolations = 10_000

// checker holds calls against one contract and counts.
type checker struct {
	app      *app
	contract *contract.Contract
	requests *diagnose.Engine // puts what is wrong with a request into words
	answers  *diagnose.Engine // the same for an answer
	nothing  *diagnose.Engine // only names contract and operation
	tokens   *diagnose.Engine // verifies tokens; nil: no keys were given
	secrets  faultline.Redactor
	failOn   failOn
	baseline *baseline // nil: there is none
	update   bool

	calls, bad, unjudged, unreadable int
	known                            int  // findings that the baseline has
	failed                           bool // something was found that --fail-on names
}

func (k *checker) file(ctx context.Context, name string, out report.Writer) error {
	for ex, err := range k.app.exchangesIn(ctx, name) {
		if err != nil {
			k.unreadable++
			if err := k.cannotRead(err, out); err != nil {
				return err
			}
			continue
		}
		d := k.judge(ex)
		k.count(d)
		k.secrets.Redact(ex, d)
		// People want to see what is wrong; programs get an answer for every call.
		if len(d.Findings) > 0 || k.app.flags.format != formatText {
			if err := out.Add(ex, d); err != nil {
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

// cannotRead says what could not be read, to CI also in the place of a call.
func (k *checker) cannotRead(err error, out report.Writer) error {
	k.app.printError(err)
	switch k.app.flags.format {
	case report.FormatSARIF, report.FormatJUnit, report.FormatGitHub:
		return out.Unreadable(unreadable(err))
	}
	return nil
}

// count counts a call, and takes out of its findings those that are known;
// SARIF has a word for them and keeps them.
func (k *checker) count(d *faultline.Diagnosis) {
	k.calls++
	k.baseline.note(d)
	var news []faultline.Finding
	for i := range d.Findings {
		f := &d.Findings[i]
		switch {
		case k.baseline.has(f):
			k.known++
			continue
		case k.failOn.matches(f):
			k.failed = true
		}
		news = append(news, *f)
	}
	switch {
	case len(news) > 0:
		k.bad++
	case d.Unverified != "" && len(d.Findings) == 0:
		k.unjudged++
	}
	if k.app.flags.format != report.FormatSARIF {
		d.Findings = news
	}
}

// judge holds the request against the contract by itself, as if no answer had
// come, and then the answer: the words of a server are no part of a contract.
func (k *checker) judge(ex *faultline.Exchange) *faultline.Diagnosis {
	request := *ex
	request.Response, request.Failure = nil, nil
	m := k.contract.Match(ex.Request.Method, ex.Request.URL())
	var d *faultline.Diagnosis
	if m.Operation != nil && m.Operation.ValidRequest(&ex.Request, m.Params) {
		d = k.nothing.Diagnose(&request)
	} else {
		d = k.requests.Diagnose(&request)
	}
	malformed.Explain(&request, d)
	if k.tokens != nil {
		d.Findings = append(d.Findings, k.tokens.Diagnose(&request).Findings...)
	}
	if m.Operation == nil || ex.Response == nil || m.Operation.ValidResponse(ex.Response) {
		return d
	}
	answer := k.answers.Diagnose(ex)
	if len(d.Findings) == 0 {
		return answer
	}
	d.Findings = append(d.Findings, answer.Findings...)
	d.More += answer.More
	return d
}

// answerCause is the cause that stands for every break of the contract by an answer.
const answerCause = "server.response-invalid"

// requestRules are the causes by which a request breaks a contract.
func requestRules() []causes.Rule {
	var out []causes.Rule
	for _, r := range causes.All() {
		switch r.Slug.Family() {
		case "body", "param", "header", "content", "route", "url":
			out = append(out, r)
		case "auth":
			if r.Slug == "auth.missing" || r.Slug == "auth.scheme" {
				out = append(out, r)
			}
		}
	}
	return out
}

// tokenRules are the causes that the keys of an issuer can show by themselves.
func tokenRules() []causes.Rule {
	var out []causes.Rule
	for _, slug := range []faultline.Slug{"auth.token-signature", "auth.token-issuer"} {
		if r, ok := causes.Lookup(slug); ok {
			out = append(out, r)
		}
	}
	return out
}

func answerRules() []causes.Rule {
	if r, ok := causes.Lookup(answerCause); ok {
		return []causes.Rule{r}
	}
	return nil
}

// end counts on stderr, and gives the exit code.
func (k *checker) end(w *output) error {
	if k.app.flags.format == formatText {
		if err := w.Flush(); err != nil {
			return err
		}
		k.app.notice("%s", k.summary())
	}
	if k.update && k.unreadable == 0 {
		return k.updateBaseline()
	}
	switch {
	case k.unreadable > 0:
		return errSaid
	case k.failed:
		return errFound
	}
	return nil
}

// updateBaseline makes everything known that was found. What could not be read
// would be missing in it: then it stays as it is.
func (k *checker) updateBaseline() error {
	if err := k.baseline.write(); err != nil {
		return err
	}
	k.app.notice("%s written: %s", k.baseline.path, count(len(k.baseline.seen), "finding"))
	return nil
}

func (k *checker) summary() string {
	line := fmt.Sprintf("%s held against %s · %d keep it · %d break it", count(k.calls, "call"), title(k.contract), k.calls-k.bad-k.unjudged, k.bad)
	if k.known > 0 {
		line += fmt.Sprintf(" · %s known", count(k.known, "finding"))
	}
	if k.baseline != nil && !k.update && k.unreadable == 0 {
		if n := k.baseline.gone(); n > 0 {
			line += fmt.Sprintf(" · %d of the baseline did not occur: --update-baseline drops them", n)
		}
	}
	if k.unjudged > 0 {
		line += fmt.Sprintf(" · %d not judged", k.unjudged)
	}
	if k.unreadable > 0 {
		line += fmt.Sprintf(" · %d not readable", k.unreadable)
	}
	return line
}
