package cli

import (
	"errors"

	"github.com/faultline-http/faultline/internal/capture"
	"github.com/faultline-http/faultline/internal/report"
)

// newWriter is the renderer of the format that was asked for.
func (a *app) newWriter(w *output, o report.Options) (report.Writer, error) {
	out, err := report.New(a.flags.format, w, o)
	if err != nil {
		return nil, usagef("", "%w", err)
	}
	return out, nil
}

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
