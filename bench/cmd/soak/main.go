// Command soak keeps the proxy under full load for as long as it is told, with
// clients and servers that fail at random and a configuration that is read
// anew all the time, and holds every answer to what was sent.
//
//	go run ./cmd/soak -for 30m            # here, in bench/
//	go run ./cmd/soak -for 5m -race       # a build with the race detector
//
// It ends with 1 if an answer was wrong, a call was counted wrongly or not at
// all, the program raced, or what it holds (descriptors, goroutines, memory)
// has grown. It needs /proc, which Linux has.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	var s settings
	flag.DurationVar(&s.length, "for", 2*time.Minute, "how long")
	flag.StringVar(&s.binary, "binary", "", "the program; built anew if empty")
	flag.BoolVar(&s.race, "race", false, "build it with the race detector")
	flag.DurationVar(&s.reload, "reload", 10*time.Second, "how often the configuration is read anew; 0: never")
	flag.IntVar(&s.clients, "clients", 32, "clients at once")
	flag.Uint64Var(&s.seed, "seed", uint64(time.Now().UnixNano()), "of the random exchanges")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

type settings struct {
	length, reload time.Duration
	binary         string
	race           bool
	clients        int
	seed           uint64
}

func run(ctx context.Context, s settings) error {
	l, err := newLoad(s)
	if err != nil {
		return err
	}
	defer l.server.Close()
	p, err := startProgram(s, l.server.Addr())
	if err != nil {
		return err
	}
	defer p.kill()
	ctx, cancel := context.WithTimeout(ctx, s.length)
	defer cancel()
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		p.watch(ctx, l, s.reload)
	}()
	l.run(ctx, p.addr)
	<-watched
	return p.verdict(l)
}
