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
	"github.com/faultline-http/faultline/internal/report"
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
	with := diagnose.WithContract(c)
	k := &checker{
		app: a, contract: c,
		requests: diagnose.New(with, diagnose.WithMost(mostViolations), diagnose.WithRules(requestRules()...)),
		answers:  diagnose.New(with, diagnose.WithMost(mostViolations), diagnose.WithRules(answerRules()...)),
		nothing:  diagnose.New(with, diagnose.WithRules()),
	}
	return a.toOutput(func(w *output) error {
		shown := w.Options
		shown.All = true
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
	secrets  faultline.Redactor

	calls, bad, unjudged, unreadable int
}

func (k *checker) file(ctx context.Context, name string, out report.Writer) error {
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
