package yaml_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/faultline-http/faultline/internal/yaml"
)

// TestGetOfMany asks large objects, also after one has grown.
func TestGetOfMany(t *testing.T) {
	t.Parallel()
	var members []string
	for i := range 300 {
		members = append(members, fmt.Sprintf(`"k%d": %d`, i, i))
	}
	for _, text := range []string{"{" + strings.Join(members, ", ") + "}", strings.ReplaceAll(strings.Join(members, "\n"), `"`, "")} {
		n, err := yaml.Parse("a", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		n.Members = append(n.Members, yaml.Member{Key: "later", Value: &yaml.Node{Kind: yaml.Number, Text: "300"}})
		for i := range 300 {
			if v := n.Get(fmt.Sprintf("k%d", i)); v == nil || v.Text != fmt.Sprint(i) {
				t.Fatalf("k%d is %v", i, v)
			}
		}
		if v := n.Get("later"); v == nil || v.Text != "300" {
			t.Errorf("later is %v", v)
		}
		if v := n.Get("k300"); v != nil {
			t.Errorf("k300 is %v", v)
		}
	}
}
