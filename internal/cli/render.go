package cli

import (
	"encoding/json"
	"fmt"

	"github.com/faultline-http/faultline"
)

// renderer shows explained exchanges in one of the formats.
type renderer interface {
	exchange(ex *faultline.Exchange, d *faultline.Diagnosis) error
	// unreadable shows an error in the place of an exchange, if the format has
	// room for it.
	unreadable(id string, err error) (shown bool, _ error)
	close() error
}

type renderOptions struct{ all, reflow, healthy bool }

func (a *app) newRenderer(w *output, o renderOptions) renderer {
	return &plainRenderer{w: w}
}

type plainRenderer struct{ w *output }

func (r *plainRenderer) exchange(ex *faultline.Exchange, d *faultline.Diagnosis) error {
	f, _ := d.Primary()
	_, err := fmt.Fprintln(r.w, ex.ID, ex.Request.Method, r.w.clean(ex.Request.Target), f.Cause.Slug, r.w.clean(f.Message))
	return err
}

func (r *plainRenderer) unreadable(id string, err error) (bool, error) {
	return true, json.NewEncoder(r.w).Encode(map[string]any{"id": id, "error": errorForPrograms(err)})
}

func (r *plainRenderer) close() error { return nil }
