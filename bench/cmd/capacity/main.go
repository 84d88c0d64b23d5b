// Command capacity measures what the proxy needs besides time. Each part
// starts the program anew and prints one row:
//
//	idle        connections that ask once and then stay open: memory
//	uploads     uploads at once, of -megabytes each: memory while they pass
//	connections connections that ask once and close, one after the other: how many a minute
//	exchanges   calls on kept connections: memory in the middle and at the end
//	start       from the start to the first answer with a large contract, without and with its cache
//
// It needs /proc, which Linux has.
//
//	go run ./cmd/capacity                             # here, in bench/
//	go run ./cmd/capacity -only uploads -megabytes 1000
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

type settings struct {
	binary, contract, only                  string
	idle, uploads, connections, concurrency int
	exchanges                               int
	size                                    int64
	limit                                   time.Duration
}

// part is one measurement; it returns what was found, in words.
type part struct {
	name    string
	measure func(settings) (string, error)
}

var parts = []part{{"idle", idle}, {"uploads", uploads}, {"connections", connections}, {"exchanges", exchanges}, {"start", start}}

func main() {
	var s settings
	size := flag.Int64("megabytes", 200, "of each upload")
	flag.StringVar(&s.binary, "binary", "", "the program; built anew if empty")
	flag.StringVar(&s.contract, "contract", "", "a large description for the part start; made up if empty")
	flag.StringVar(&s.only, "only", "", "parts, with commas; empty: all")
	flag.IntVar(&s.idle, "idle", 10_000, "idle connections")
	flag.IntVar(&s.uploads, "uploads", 100, "uploads at once")
	flag.IntVar(&s.connections, "connections", 50_000, "connections one after the other")
	flag.IntVar(&s.exchanges, "exchanges", 2_000_000, "calls on kept connections")
	flag.IntVar(&s.concurrency, "clients", 32, "clients of the parts connections and exchanges")
	flag.DurationVar(&s.limit, "limit", 5*time.Minute, "for each part; then it says how far it came")
	flag.Parse()
	s.size = *size << 20
	if err := run(s); err != nil {
		fmt.Fprintln(os.Stderr, "capacity:", err)
		os.Exit(1)
	}
}

func run(s settings) error {
	dir, err := os.MkdirTemp("", "capacity")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if s.binary == "" {
		if s.binary, err = build(dir); err != nil {
			return err
		}
	}
	fmt.Println("| part | found |\n| --- | --- |")
	for _, p := range parts {
		if s.only != "" && !strings.Contains(","+s.only+",", ","+p.name+",") {
			continue
		}
		found, err := p.measure(s)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		fmt.Printf("| %s | %s |\n", p.name, found)
	}
	return nil
}
