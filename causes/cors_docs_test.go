package causes_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/faultline-http/faultline/causes/internal/corsconf"
)

// TestCORSGuideHasTheConfigurations holds docs/cors.md to what findings say.
func TestCORSGuideHasTheConfigurations(t *testing.T) {
	t.Parallel()
	const begin, end = "<!-- servers: written by make docs -->\n", "<!-- end -->\n"
	name := filepath.Join("..", "docs", "cors.md")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatalf("%s has no place for the configurations", name)
	}
	want := before + begin + configurations() + end + after
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(text), want); diff != "" {
		t.Errorf("%s is not what findings say; run make docs (-file +servers):\n%s", name, diff)
	}
}

func configurations() string {
	policy := corsconf.Policy{Origin: "https://app.example.com", Methods: []string{"GET", "PUT"}, Headers: []string{"content-type", "x-request-id"}, Credentials: true}
	var b strings.Builder
	for _, s := range corsconf.All() {
		b.WriteString("\n### " + s.Name + "\n\n" + strings.ToUpper(s.Where[:1]) + s.Where[1:] + ":\n\n```\n" + s.Render(policy) + "\n```\n")
	}
	return b.String() + "\n"
}
