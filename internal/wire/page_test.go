package wire

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPageIsGenerated holds docs/wire.md to the tables. Run with -update to write it.
func TestPageIsGenerated(t *testing.T) {
	t.Parallel()
	file := filepath.Join("..", "..", "docs", "wire.md")
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := between(t, string(old), "taken", takenList())
	text = between(t, text, "faults", faultTables(t))
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(old), text); diff != "" {
		t.Errorf("docs/wire.md is not what the tables say; run make docs (-file +tables):\n%s", diff)
	}
}

// between puts the text between the marks of the name.
func between(t *testing.T, page, name, text string) string {
	t.Helper()
	mark := "<!-- " + name + " -->\n"
	before, rest, ok := strings.Cut(page, mark)
	_, after, ended := strings.Cut(rest, "<!-- end -->")
	if !ok || !ended {
		t.Fatalf("docs/wire.md has no marks for %s", name)
	}
	return before + mark + text + "<!-- end -->" + after
}

func takenList() string {
	var b strings.Builder
	for _, row := range taken {
		fmt.Fprintf(&b, "- `%s`: %s.\n", row.words, row.why)
	}
	return b.String()
}

// chapters are the topics in the order of the page.
var chapters = []struct {
	topic Topic
	title string
}{
	{Syntax, "The message as such"},
	{OtherProtocol, "Other protocols, and bodies without a head"},
	{Version, "The version"},
	{Target, "The request target"},
	{Field, "Fields, in heads and trailers"},
	{BodyLength, "The end of the body"},
	{TooLong, "Length"},
	{TooLarge, "Size"},
	{Syntax, "The beginning of an answer"},
}

// chapterOf puts what only answers have into a chapter of its own.
func chapterOf(f *Fault) string {
	if f.Status == 502 {
		return chapters[len(chapters)-1].title
	}
	for _, c := range chapters {
		if c.topic == f.Topic {
			return c.title
		}
	}
	return ""
}

// faultTables has each fault with the first line of the corpus that shows it.
func faultTables(t *testing.T) string {
	t.Helper()
	shown := examples(t)
	var b strings.Builder
	fmt.Fprintf(&b, "%d faults. The status is that of a request; answers with one are a 502.\n", len(Faults()))
	for _, c := range chapters {
		fmt.Fprintf(&b, "\n### %s\n\n| fault | status | cause | what | example | source |\n| --- | --- | --- | --- | --- | --- |\n", c.title)
		for _, f := range Faults() {
			if chapterOf(f) != c.title {
				continue
			}
			words := strings.NewReplacer("%%", "%", "%%%02X", "%…", "%02X", "…", "%s", "…", "%d", "N").Replace(f.Words)
			fmt.Fprintf(&b, "| `%s` | %d | [`%s`](../causes/%s.md) | %s | %s | %s |\n", f.Name, f.Status, f.Cause, f.Cause, cell(words), shown[f.Name], cell(f.Source))
		}
	}
	return b.String()
}

func examples(t *testing.T) map[string]string {
	t.Helper()
	shown := map[string]string{}
	for _, file := range []string{"requests.txt", "foreign.txt", "answers.txt", "chunked.txt"} {
		cases, _ := readCorpus(t, file)
		for _, c := range cases {
			err := corpora[file](c.Bytes)
			if err == nil || shown[err.Fault.Name] != "" {
				continue
			}
			text := fmt.Sprintf("%q", err.Text)
			if text = text[1 : len(text)-1]; text != `\r\n` {
				text = strings.TrimSuffix(text, `\r\n`)
			}
			if len(text) > 48 {
				text = text[:48] + "…"
			}
			shown[err.Fault.Name] = "`" + strings.ReplaceAll(cell(text), "`", "'") + "`"
		}
	}
	return shown
}

// cell escapes what would end a cell.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
