package admin

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

const indexText = `faultline, asked about itself

GET  /livez    whether the program lives
GET  /readyz   whether calls should be sent to it
GET  /metrics  for Prometheus
GET  /counts   what was counted, as JSON
GET  /config   what holds, secrets masked
POST /reload   read the configuration anew
POST /drain    finish the calls under way and end
`

func index(w http.ResponseWriter, _ *http.Request) { write(w, http.StatusOK, indexText) }

func live(w http.ResponseWriter, _ *http.Request) { write(w, http.StatusOK, "alive\n") }

func (s *Server) ready(w http.ResponseWriter, _ *http.Request) {
	if why := s.source.Unready(); len(why) > 0 {
		write(w, http.StatusServiceUnavailable, "not ready: "+strings.Join(why, "; ")+"\n")
		return
	}
	write(w, http.StatusOK, "ready\n")
}

func (s *Server) config(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/yaml; charset=utf-8")
	write(w, http.StatusOK, s.source.Configuration())
}

func (s *Server) counts(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	harden(w)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(s.source.Snapshot().counts()) // the reader may go away at any time
}

func (s *Server) reload(w http.ResponseWriter, r *http.Request) {
	if err := s.source.Reload(r.Context()); err != nil {
		write(w, http.StatusUnprocessableEntity, fmt.Sprintf("the configuration stays as it was:\n%s\n", strings.TrimRight(err.Error(), "\n")))
		return
	}
	write(w, http.StatusOK, "the new configuration holds\n")
}

func (s *Server) drain(w http.ResponseWriter, _ *http.Request) {
	s.source.Drain()
	write(w, http.StatusAccepted, "calls under way are finished, then the program ends\n")
}

func write(w http.ResponseWriter, status int, text string) {
	harden(w)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // the reader may go away at any time
}

// harden keeps browsers from guessing and from keeping.
func harden(w http.ResponseWriter) {
	h := w.Header()
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", "text/plain; charset=utf-8")
	}
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
}

// smallBodies bounds what a request may bring along: no order takes a body.
func smallBodies(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<10)
		next.ServeHTTP(w, r)
	})
}
