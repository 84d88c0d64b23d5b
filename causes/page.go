package causes

import (
	"embed"
	"errors"

	"github.com/faultline-http/faultline"
)

//go:embed *.md
var pages embed.FS

// A Page is the manual page of a cause.
type Page struct {
	faultline.Cause
	Statuses []int
	Since    string
	Body     string // Markdown below the front matter
}

// PageOf returns the page of a cause.
func PageOf(slug faultline.Slug) (*Page, error) { return nil, errors.New("no page") }
