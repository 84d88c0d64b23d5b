// Package admin answers questions about the program itself on an address of its
// own: whether it lives, whether it is ready, what it has counted, what it is
// configured to do; and takes orders to read its configuration anew or to end.
//
//	s := admin.New(admin.Options{Source: p, Token: token})
//	err := s.Serve(ctx, ln)
//
// Nothing here stands in the path of calls: every answer is made from a
// [Snapshot] that is taken when it is asked for.
package admin

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// Source is the program that is asked. Its methods are called from many
// goroutines.
type Source interface {
	// Unready says in words why no calls should be sent here; none: they may be.
	Unready() []string

	// Snapshot returns what has been counted so far.
	Snapshot() Snapshot

	// Configuration is what holds, as YAML, secrets masked.
	Configuration() string

	// Reload reads the configuration anew. An error means that the one before
	// still holds; its text is for people and may have several lines.
	Reload(ctx context.Context) error

	// Drain lets the calls under way finish, takes no further ones and then ends
	// the program. It returns at once.
	Drain()
}

// Options are how the admin address is served.
type Options struct {
	Source Source
	Token  string // asked for by everything but health; empty: only this machine is answered
}

// A Server answers on the admin address.
type Server struct {
	source Source
	token  string
	http   *http.Server
}

// New returns a server.
func New(o Options) *Server {
	s := &Server{source: o.Source, token: o.Token}
	s.http = &http.Server{
		Handler:           s.routes(),
		ReadHeaderTimeout: headTime,
		ReadTimeout:       headTime,
		WriteTimeout:      answerTime,
		IdleTimeout:       answerTime,
		MaxHeaderBytes:    16 << 10,
	}
	return s
}

// The times that a peer gets: nobody here is slow for a good reason. A reload of
// many large contracts takes seconds.
const (
	headTime   = 10 * time.Second
	answerTime = 2 * time.Minute

	// lastTime is for answers under way when the program ends: that to the order
	// to end is one of them.
	lastTime = 2 * time.Second
)

// Serve answers until ctx ends, and returns nil then. The listener is closed.
// Answers that are under way get a moment to arrive.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		s.end()
	})
	err := s.http.Serve(ln)
	if !stop() {
		<-ended
	}
	if errors.Is(err, http.ErrServerClosed) || ctx.Err() != nil {
		return nil
	}
	return err
}

func (s *Server) end() {
	ctx, cancel := context.WithTimeout(context.Background(), lastTime)
	defer cancel()
	if s.http.Shutdown(ctx) != nil {
		_ = s.http.Close()
	}
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", live)
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /metrics", s.guarded(s.metrics()))
	mux.Handle("GET /counts", s.guarded(http.HandlerFunc(s.counts)))
	mux.Handle("GET /config", s.guarded(http.HandlerFunc(s.config)))
	mux.Handle("POST /reload", s.guarded(http.HandlerFunc(s.reload)))
	mux.Handle("POST /drain", s.guarded(http.HandlerFunc(s.drain)))
	mux.HandleFunc("GET /{$}", index)
	return smallBodies(mux)
}
