package contract_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/faultline-http/faultline/contract"
)

// FuzzLoad reads hostile contracts: they are refused with an *Error that prints,
// or they answer for requests without a panic.
func FuzzLoad(f *testing.F) {
	for _, name := range []string{"petstore.yaml", "styles.yaml"} {
		text, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(bodies))
	f.Add([]byte(secured))
	for _, text := range [...]string{answers, old, newest, calling, remote} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := contract.Load(files("api.yaml", string(text)), "api.yaml")
		if err != nil {
			var refused *contract.Error
			if !errors.As(err, &refused) || refused.Msg == "" || fmt.Sprintf("%+v", err) == "" {
				t.Errorf("got %v, want an *Error that prints", err)
			}
			return
		}
		for _, op := range c.Webhooks() {
			agree(t, op, request(op.Method, "/", "Content-Type: application/json", `{"a": [1]}`), contract.Params{})
		}
		n := 0
		for op := range c.Operations() {
			if n++; n > 20 {
				break
			}
			r := request(op.Method, op.Template, "Content-Type: application/json", "Authorization: Bearer x", `{"a": [1]}`)
			m := c.Match(r.Method, r.Target)
			if m.Operation != nil {
				agree(t, m.Operation, r, m.Params)
			}
		}
	})
}
