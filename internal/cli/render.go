package cli

import (
	"errors"
	"os"

	"github.com/faultline-http/faultline/internal/capture"
	"github.com/faultline-http/faultline/internal/report"
)

// newWriter is the renderer of the format that was asked for.
func (a *app) newWriter(w *output, o report.Options) (report.Writer, error) {
	o.Version = readBuild().Version
	summary, err := a.jobSummary()
	if err != nil {
		return nil, err
	}
	if summary != nil {
		o.JobSummary = summary
	}
	out, err := report.New(a.flags.format, w, o)
	if err != nil {
		return nil, usagef("", "%w", err)
	}
	if summary != nil {
		return &closing{out, summary}, nil
	}
	return out, nil
}

// jobSummary is the file that GitHub Actions shows as the summary of a job; nil
// if there is none.
func (a *app) jobSummary() (*os.File, error) {
	name := a.Getenv("GITHUB_STEP_SUMMARY")
	if a.flags.format != report.FormatGitHub || name == "" {
		return nil, nil
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, inputf("", "GITHUB_STEP_SUMMARY: %w", err)
	}
	return file, nil
}

// closing closes a file behind the writer that writes into it.
type closing struct {
	report.Writer
	file *os.File
}

// Close ends the document and closes the file.
func (c *closing) Close() error { return errors.Join(c.Writer.Close(), c.file.Close()) }

// unreadable describes an error for the place of an exchange that could not be
// read.
func unreadable(err error) report.Unreadable {
	out := report.Unreadable{Kind: string(kindOf(err)), Message: err.Error()}
	var record *capture.RecordError
	if errors.As(err, &record) {
		out.ID, out.Line = record.ID, record.Line
	}
	return out
}
