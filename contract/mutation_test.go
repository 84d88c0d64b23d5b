package contract_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
	"github.com/faultline-http/faultline/internal/outside"
	"github.com/faultline-http/faultline/internal/tape"
)

// TestOneMistakeIsOneFinding plants one mistake into each of many valid bodies, and asks that the
// diagnosis has one finding, at the bytes of the mistake, and that what it calls checked mends the
// body, to what was there before where the mistake tells it.
func TestOneMistakeIsOneFinding(t *testing.T) {
	t.Parallel()
	plant(t, filepath.Join("testdata", "mutation"))
}

func TestOneMistakeInRealSchemasIsOneFinding(t *testing.T) {
	t.Parallel()
	plant(t, outside.Specs(t))
}

// plant does so with the schemas of a folder. FAULTLINE_MUTATIONS says how many bodies; the default
// is a sample.
func plant(t *testing.T, dir string) {
	t.Helper()
	total := 1000
	if text := os.Getenv("FAULTLINE_MUTATIONS"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		total = n
	}
	run := newMutations(t, bodyContracts(t, dir))
	for n := 0; run.planted < total && n < 20*total; n++ {
		run.next(uint64(n))
	}
	run.report(total)
}

// A subject is one operation that takes the bodies of one schema.
type subject struct {
	file   string
	op     *contract.Operation
	engine *diagnose.Engine
}

// mutations counts what was planted, and what was said of it.
type mutations struct {
	t        *testing.T
	subjects []subject

	planted, kept, unsampled   int
	one, right, checked, mends int
	wrong                      map[string]int
	shown                      map[string]int
	byKind                     map[string]int
}

func newMutations(t *testing.T, contracts map[string]*contract.Contract) *mutations {
	m := &mutations{t: t, wrong: map[string]int{}, shown: map[string]int{}, byKind: map[string]int{}}
	for _, file := range slices.Sorted(maps.Keys(contracts)) {
		c := contracts[file]
		engine := diagnose.New(diagnose.WithContract(c))
		for op := range c.Operations() {
			m.subjects = append(m.subjects, subject{file, op, engine})
		}
	}
	if len(m.subjects) == 0 {
		t.Fatal("there is no schema of a body")
	}
	return m
}

// next makes up one body and plants one mistake in it.
func (m *mutations) next(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 20))
	s := &m.subjects[r.IntN(len(m.subjects))]
	sent, ok := s.op.SampleBody(r)
	if !ok {
		m.unsampled++
		return
	}
	sent = styled(sent, r)
	var p planter
	if err := tape.Parse(&p.t, sent, tape.Limits{}); err != nil {
		m.t.Fatalf("%s %s: the sample is not JSON: %v", s.file, s.op.ID, err)
	}
	p.r = r
	for range 40 {
		kind := kinds[r.IntN(len(kinds))]
		mu, ok := kind.plant(&p)
		if !ok {
			continue
		}
		if s.valid(mu.body) {
			m.kept++
			continue
		}
		m.planted++
		m.byKind[kind.name]++
		m.judge(s, kind.name, sent, mu)
		return
	}
}

// styled writes a body as different senders do.
func styled(body []byte, r *rand.Rand) []byte {
	var out bytes.Buffer
	switch r.IntN(3) {
	case 0:
		return body
	case 1:
		_ = json.Indent(&out, body, "", "  ")
	default:
		_ = json.Indent(&out, body, "", "")
		return bytes.ReplaceAll(out.Bytes(), []byte("\n"), []byte(" "))
	}
	return out.Bytes()
}

func (s *subject) request(body []byte) *faultline.Request {
	return &faultline.Request{
		Method: "POST", Target: s.op.Template, Body: faultline.NewBody(body),
		Header: faultline.Header{{Name: "Content-Type", Value: "application/json"}},
	}
}

func (s *subject) valid(body []byte) bool {
	return s.op.ValidRequest(s.request(body), contract.Params{})
}

func (m *mutations) judge(s *subject, kind string, sent []byte, mu mutation) {
	d := s.engine.Diagnose(&faultline.Exchange{Request: *s.request(mu.body)})
	fail := func(what, format string, args ...any) {
		m.wrong[kind+": "+what]++
		if m.shown[kind+what]++; m.shown[kind+what] <= 2 {
			m.t.Errorf("%s: %s\n%s %s\nbefore %s\nafter  %s\nplace  %s %d-%d\n%s", kind, fmt.Sprintf(format, args...), s.file, s.op.ID, clip(sent), clip(mu.body), mu.pointer, mu.from, mu.to, told(d))
		}
	}
	if len(d.Findings)+d.More == 1 {
		m.one++
	} else {
		fail("count", "%d findings", len(d.Findings)+d.More)
	}
	if len(d.Findings) > 0 && mu.holds(&d.Findings[0]) {
		m.right++
	} else {
		fail("place", "the finding is not at the mistake")
	}
	for i := range d.Findings {
		f := &d.Findings[i]
		if f.Remedy.Applicability != faultline.Checked {
			continue
		}
		m.checked++
		mended, err := patched(mu.body, f.Remedy.Patch)
		switch {
		case err != nil || !s.valid(mended):
			fail("remedy", "the checked remedy does not mend it: %s (%v)", clip(mended), err)
		case mu.back && !same(mended, sent):
			fail("other", "the checked remedy makes something else of it: %s", clip(mended))
		default:
			m.mends++
		}
	}
}

// patched applies the edits of a remedy. A text that is no JSON is replaced as a whole.
func patched(body []byte, edits []faultline.Edit) ([]byte, error) {
	if len(edits) == 1 && edits[0].Op == "replace" && edits[0].Path == "" {
		return []byte(edits[0].Value), nil
	}
	return tape.Apply(body, edits)
}

// same compares JSON but for the order of members.
func same(a, b []byte) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && fmt.Sprint(x) == fmt.Sprint(y)
}

func told(d *faultline.Diagnosis) string {
	var b strings.Builder
	for _, f := range d.Findings {
		fmt.Fprintf(&b, "  %s %s %d-%d %s | %s | %s %s %v\n", f.Cause.Slug, f.At.Pointer, f.At.Span.Start, f.At.Span.End, f.Message, f.Found, f.Remedy.Applicability, f.Remedy.Text, f.Remedy.Patch)
	}
	return b.String()
}

func clip(b []byte) string {
	if len(b) > 1500 {
		return string(b[:1500]) + "…"
	}
	return string(b)
}

func (m *mutations) report(total int) {
	m.t.Helper()
	percent := func(n, of int) string {
		return fmt.Sprintf("%d/%d = %.2f %%", n, of, 100*float64(n)/float64(max(1, of)))
	}
	m.t.Logf("%d bodies with a mistake, %d mistakes kept the contract, %d bodies could not be made up", m.planted, m.kept, m.unsampled)
	m.t.Logf("one finding        %s", percent(m.one, m.planted))
	m.t.Logf("right byte         %s", percent(m.right, m.planted))
	m.t.Logf("checked and mended %s", percent(m.mends, m.checked))
	for _, what := range slices.Sorted(maps.Keys(m.wrong)) {
		m.t.Logf("%4d %s", m.wrong[what], what)
	}
	for _, kind := range slices.Sorted(maps.Keys(m.byKind)) {
		m.t.Logf("planted %4d %s", m.byKind[kind], kind)
	}
	if m.planted < total {
		m.t.Errorf("%d mistakes planted, want %d", m.planted, total)
	}
}
