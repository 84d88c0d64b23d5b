// Command suite puts the official test suite of JSON Schema to validators and
// prints how many tests each passes.
//
//	go run ./cmd/suite -failures wrong.txt
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/faultline-http/faultline/bench/official"
)

func main() {
	dir := flag.String("suite", official.Folder("."), "the official suite")
	only := flag.String("only", "", "the validator of this name alone")
	list := flag.String("failures", "", "a file for the tests that are not passed")
	flag.Parse()
	if err := run(os.Stdout, *dir, *only, *list); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(w io.Writer, dir, only, list string) error {
	remotes, err := official.Remotes(dir)
	if err != nil {
		return err
	}
	failures := io.Discard
	if list != "" {
		f, err := os.Create(list)
		if err != nil {
			return err
		}
		defer f.Close()
		failures = f
	}
	t := table{}
	for _, draft := range official.Drafts {
		groups, err := official.Groups(dir, draft)
		if err != nil {
			return err
		}
		for _, v := range official.Validators() {
			if only != "" && v.Name != only || !v.Claims(draft) {
				continue
			}
			for i := range groups {
				t.judge(&v, draft, &groups[i], remotes, failures)
			}
		}
	}
	t.print(w)
	return nil
}
