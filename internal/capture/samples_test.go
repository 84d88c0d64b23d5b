package capture

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	faultline "github.com/faultline-http/faultline"
)

var update = flag.Bool("update", false, "write the .want files anew")

// folders are the names of formats as folders under testdata.
func folder(f Format) string { return strings.ReplaceAll(f.Name, "/", "-") }

// TestSamples reads each sample under testdata/FORMAT, with its name and
// without, and compares what came with the .want file beside it: a line of
// exchange/1 for each exchange, "error: …" for each error.
func TestSamples(t *testing.T) {
	t.Parallel()
	for _, f := range Formats() {
		files, err := filepath.Glob(filepath.Join("testdata", folder(f), "*"))
		if err != nil {
			t.Fatal(err)
		}
		files = slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, ".want") })
		if len(files) < 3 {
			t.Errorf("%s has %d samples, want at least 3", f.Name, len(files))
		}
		for _, file := range files {
			t.Run(f.Name+"/"+filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				sample(t, f, file)
			})
		}
	}
}

func sample(t *testing.T, f Format, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	in, err := asText(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	prefix, err := in.Peek(SniffLen)
	if err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	for _, name := range []string{filepath.Base(file), "-"} {
		if got, ok := Detect(name, prefix); !ok || got.Name != f.Name {
			t.Errorf("detected %q by the name %q, want %q", got.Name, name, f.Name)
		}
	}
	exchanges, got := decodeAll(t, f, data)
	wantFile := file + ".want"
	if *update {
		if err := os.WriteFile(wantFile, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(wantFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("exchanges differ (-want +got)\n%s", diff)
	}
	if f.Encode == nil {
		return
	}
	var out bytes.Buffer
	if err := f.Encode(&out, slices.Values(exchanges)); err != nil {
		t.Fatal(err)
	}
	again, _ := decodeAll(t, f, out.Bytes())
	if diff := cmp.Diff(exchanges, again, cmpopts.EquateEmpty(), withoutLines); diff != "" {
		t.Errorf("decode, encode, decode differs (-first +second)\n%s", diff)
	}
}

// withoutLines leaves out on which line an exchange began: who writes it anew
// begins it elsewhere.
var withoutLines = cmpopts.IgnoreMapEntries(func(key, _ string) bool { return key == faultline.LabelLine })

// decodeAll returns the exchanges of an input, and the text of a .want file.
func decodeAll(t *testing.T, f Format, data []byte) ([]*faultline.Exchange, string) {
	t.Helper()
	in, err := asText(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var exchanges []*faultline.Exchange
	var text strings.Builder
	for ex, err := range f.Decode(in) {
		if err != nil {
			fmt.Fprintf(&text, "error: %v\n", err)
			continue
		}
		exchanges = append(exchanges, ex)
		if err := encodeExchange1(&text, slices.Values([]*faultline.Exchange{ex})); err != nil {
			t.Fatal(err)
		}
		notes(&text, ex)
	}
	return exchanges, text.String()
}

// notes writes what exchange/1 has no member for.
func notes(text *strings.Builder, ex *faultline.Exchange) {
	if line := ex.Labels[faultline.LabelLine]; line != "" {
		fmt.Fprintf(text, "  line: %s\n", line)
	}
	for _, name := range slices.Sorted(maps.Keys(ex.Labels)) {
		if name != faultline.LabelLine && name != LabelNotice && name != "contract" {
			fmt.Fprintf(text, "  %s: %s\n", name, ex.Labels[name])
		}
	}
	if ex.Failure != nil {
		fmt.Fprintf(text, "  phase: %v\n", ex.Failure.Phase)
	}
	if r := ex.Response; r != nil && r.Body.Note != "" {
		fmt.Fprintf(text, "  response body: %s\n", r.Body.Note)
	}
}
