// Command speed times from bytes to verdict for every engine, in one sitting,
// and prints one table with how much longer than ours each takes.
//
//	go run ./cmd/speed
//	AJV_DIR=FOLDER go run ./cmd/speed -rounds 15    # with ajv, from FOLDER/node_modules
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/faultline-http/faultline/bench/engines"
	"github.com/faultline-http/faultline/bench/orders"
)

func main() {
	round := flag.Duration("round", 40*time.Millisecond, "CPU time of one round")
	rounds := flag.Int("rounds", 15, "rounds of which the fastest counts")
	script := flag.String("node", "node/speed.mjs", "the script that times ajv")
	flag.Parse()
	runtime.GOMAXPROCS(1)
	if err := run(*round, *rounds, *script); err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

func run(round time.Duration, rounds int, script string) error {
	bodies := orders.Bodies()
	var t table
	for _, e := range engines.All() {
		judge, err := e.Compile(engines.Contract{Schema: orders.Schema, OpenAPI: orders.OpenAPI, Component: orders.Component})
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
		figures := make([]figure, len(bodies))
		for i, b := range bodies {
			if got, want := judge(b.Text), b.Valid || !e.Kind.Judges(); got != want {
				return fmt.Errorf("%s: the body of %s: got %v, want %v", e.Name, b.Name, got, want)
			}
			figures[i] = measure(func() { judge(b.Text) }, round, rounds)
		}
		t.add(e.Name, e.Kind, figures)
	}
	if modules := os.Getenv("AJV_DIR"); modules != "" {
		figures, err := ajv(modules, script, bodies, round, rounds)
		if err != nil {
			return err
		}
		t.add("ajv (node)", engines.Verdict, figures)
	}
	t.print(os.Stdout, bodies)
	return nil
}
