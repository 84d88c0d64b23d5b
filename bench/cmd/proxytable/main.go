// Command proxytable measures the reverse proxy beside others, in one run of
// the harness proxybench, and writes the tables into docs/performance.md.
//
//	go run ./cmd/proxytable                       # about five minutes
//	go run ./cmd/proxytable -page "" -rounds 1    # a look, printed only
//	go run ./cmd/proxytable -rows nginx,old -row 'old=/tmp/faultline-before proxy --to {upstream} --listen {listen} -c {contract} --mode block'
//
// The harness and the peers are no part of this repository. They are looked for
// in ../shared/bench/proxy beside the checkout, and the programs that it builds
// below $PEERS, else below bench-peers in the user's cache folder.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
)

// ours is the name of our row.
const ours = "faultline"

func main() {
	var s settings
	flag.StringVar(&s.harness, "harness", "../../shared/bench/proxy", "the folder of the harness, seen from bench/")
	flag.StringVar(&s.peers, "peers", defaultPeers(), "the folder that its build script fills")
	flag.StringVar(&s.rows, "rows", "go-rp,nginx,haproxy,kin,x-raw", "the rows beside ours")
	flag.StringVar(&s.extra, "row", "", "one more row: 'name=command line', with the harness's placeholders")
	flag.StringVar(&s.work, "work", "get,1k,10k,100k,bad", "workloads")
	flag.StringVar(&s.binary, "binary", "", "our program; built anew if empty")
	flag.IntVar(&s.rounds, "rounds", 5, "rounds")
	flag.IntVar(&s.secs, "secs", 2, "seconds a cell")
	flag.IntVar(&s.conns, "conns", 32, "connections")
	page := flag.String("page", "../docs/performance.md", "the page that the tables are written into; empty: print them only")
	flag.Parse()
	if err := run(s, *page); err != nil {
		fmt.Fprintln(os.Stderr, "proxytable:", err)
		os.Exit(1)
	}
}

func run(s settings, page string) error {
	m, err := measure(s)
	if err != nil {
		return err
	}
	var text strings.Builder
	m.print(&text)
	fmt.Print(text.String())
	if page != "" {
		if err := replace(page, text.String()); err != nil {
			return err
		}
	}
	if wrong := m.wrong(); len(wrong) > 0 {
		return errors.New(strings.Join(wrong, "; "))
	}
	return nil
}

// replace puts the text between the markers of the page.
func replace(page, text string) error {
	const begin, end = "<!-- proxytable -->\n", "<!-- /proxytable -->"
	old, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(old), begin)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return fmt.Errorf("%s has no lines `%s` and `%s` for the tables to stand between", page, strings.TrimSpace(begin), end)
	}
	return os.WriteFile(page, []byte(before+begin+"\n"+text+"\n"+end+after), 0o644)
}
