package ecma

import (
	"bytes"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var (
	rounds = flag.Int("rounds", 4000, "patterns to compare with those of node")
	seed   = flag.Uint64("seed", 1, "of the patterns to compare with those of node")
)

type question struct {
	Pattern string   `json:"pattern"`
	Unicode bool     `json:"unicode"`
	Texts   []string `json:"texts"`
}

type answer struct {
	Error   string
	Matches []bool
}

// ask runs the questions through the regular expressions of node.
func ask(t *testing.T, questions []question) []answer {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil && os.Getenv("FAULTLINE_REQUIRE_SERVICES") == "1" {
		t.Fatal("node is not installed: apt-get install nodejs")
	}
	if err != nil {
		t.Skip("node is not installed: apt-get install nodejs")
	}
	in, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), node, filepath.Join("testdata", "oracle.mjs"))
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []answer
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}

// A maker makes patterns up.
type maker struct {
	*rand.Rand
	unicode bool
}

func (m *maker) of(list ...string) string { return list[m.IntN(len(list))] }

func (m *maker) pattern(depth int) string {
	branches := []string{m.terms(depth)}
	for m.IntN(4) == 0 {
		branches = append(branches, m.terms(depth))
	}
	return strings.Join(branches, "|")
}

func (m *maker) terms(depth int) string {
	var out strings.Builder
	for range m.IntN(4) {
		out.WriteString(m.term(depth))
	}
	return out.String()
}

func (m *maker) term(depth int) string {
	if m.IntN(40) == 0 {
		return m.of("{", "}", "]", "[", "(", ")", "*", "\\", "{1", "{2}", "(?", "-", `\a`, `\_`, `\-`, `\u`, `\x1`, `\c`, `\1`, `\k<x>`, `\08`, `[b-a]`, `[\d-x]`, `\p{Foo}`, `\u{61}`, `\8`, `\07`, `\377`, `\400`, `(?=a)*`, `(?<=a)*`, "a**", `[\c]`, `[\c_]`, "{,1}", `\ud83d`)
	}
	atom := m.atom(depth)
	if m.IntN(3) > 0 {
		return atom
	}
	return atom + m.of("*", "+", "?", "{2}", "{1,}", "{0,2}", "{1,3}", "*?", "+?", "??", "{1,2}?", "{0}")
}

func (m *maker) atom(depth int) string {
	if depth > 0 && m.IntN(3) == 0 {
		body := m.pattern(depth - 1)
		return m.of("(?:", "(", "(", "(?=", "(?!", "(?<=", "(?<!", "(?:") + body + ")"
	}
	switch m.IntN(12) {
	case 0:
		return m.of("^", "$", `\b`, `\B`)
	case 1:
		return m.of(`\d`, `\D`, `\w`, `\W`, `\s`, `\S`, ".")
	case 2, 3:
		return m.class()
	case 4:
		return m.of(`\/`, `\.`, `\t`, `\n`, `\cJ`, `\x61`, `\u0061`, `\0`, `\$`)
	case 5:
		if m.unicode {
			return m.of(`\p{L}`, `\P{L}`, `\p{Lu}`, `\p{ASCII}`, `\p{Script=Greek}`, `\u{1F600}`, `\ud83d\ude00`, `\p{Nd}`, `\p{Any}`)
		}
		return "b"
	case 6:
		return m.of(`\1`, `\2`, "é", "_", "-")
	}
	return m.of("a", "b", "a", "b", "ab", "1", "-", "é")
}

func (m *maker) class() string {
	var out strings.Builder
	out.WriteString(m.of("[", "[", "[^"))
	for range m.IntN(4) {
		out.WriteString(m.of("a", "b", "a-b", "a-z", "0-9", `\d`, `\w`, `\s`, `\S`, "é", "-", "^", `\]`, `\b`, `\-`, ".", "$", `\n`, " -~", "_"))
	}
	return out.String() + "]"
}

func (m *maker) text() string {
	var out strings.Builder
	for range m.IntN(9) {
		out.WriteString(m.of("a", "b", "a", "b", "1", "-", "é", "_", " ", "\n", "z", "A", "α", "/", "."))
		if m.unicode && m.IntN(12) == 0 {
			out.WriteString("😀")
		}
	}
	return out.String()
}

// TestPatternsAgreeWithNode compares what is a pattern, and what it matches,
// with the regular expressions of V8. -rounds and -seed make it longer.
func TestPatternsAgreeWithNode(t *testing.T) {
	t.Parallel()
	m := &maker{Rand: rand.New(rand.NewPCG(*seed, 2))}
	questions := make([]question, *rounds)
	for i := range questions {
		m.unicode = m.IntN(4) > 0
		q := question{Pattern: m.pattern(3), Unicode: m.unicode}
		if m.IntN(3) == 0 {
			q.Pattern = "^" + q.Pattern + "$"
		}
		for range 12 {
			q.Texts = append(q.Texts, m.text())
		}
		questions[i] = q
	}
	compare(t, questions, ask(t, questions))
}

func compare(t *testing.T, questions []question, answers []answer) {
	t.Helper()
	kinds := map[string]int{}
	failures := 0
	for i, q := range questions {
		want := answers[i]
		root, groups, err := parse(q.Pattern, q.Unicode)
		if (err == nil) != (want.Error == "") {
			t.Errorf("%s (u: %v): %v, want %q", q.Pattern, q.Unicode, err, want.Error)
			failures++
			continue
		}
		if err != nil {
			kinds["refused"]++
			continue
		}
		re := newRegexp(q.Pattern, root, groups)
		simulated := &Regexp{leaves: re.leaves, formula: re.formula}
		simulated.once.Do(func() { simulated.program = newProgram(re.leaves, re.formula) })
		for k, text := range q.Texts {
			got, err := re.Match([]byte(text))
			if err != nil {
				kinds["costly texts"]++
				continue
			}
			if got != want.Matches[k] {
				t.Errorf("%s (u: %v) matches %q: %v, want %v (%s)", q.Pattern, q.Unicode, text, got, want.Matches[k], re.kind())
				failures++
			}
			if re.leaves != nil {
				if ok, _ := simulated.Match([]byte(text)); ok != got {
					t.Errorf("%s (u: %v) simulated matches %q: %v, want %v", q.Pattern, q.Unicode, text, ok, got)
				}
			}
			spent := 0
			if slow, err := backtrack(root, groups, []byte(text), &spent, MostWork); err == nil && slow != want.Matches[k] {
				t.Errorf("%s (u: %v) going back matches %q: %v, want %v", q.Pattern, q.Unicode, text, slow, want.Matches[k])
				failures++
			}
		}
		kinds[re.kind()]++
		if failures > 20 {
			t.Fatal("and more")
		}
	}
	t.Logf("%v", kinds)
}

// kind names the matcher.
func (re *Regexp) kind() string {
	switch {
	case re.runs != nil:
		return "runs"
	case re.table() != nil:
		return "table"
	case re.program != nil:
		return "simulation"
	}
	return "going back"
}
