package contract_test

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/outside"
)

// TestSnapshotOfSpecs holds restored contracts against those that were loaded.
func TestSnapshotOfSpecs(t *testing.T) {
	t.Parallel()
	dir := outside.Specs(t)
	for _, s := range specsOf(t, dir) {
		t.Run(s.file, func(t *testing.T) {
			t.Parallel()
			c, err := contract.Load(os.DirFS(dir), s.file)
			if err != nil {
				t.Skip(err) // TestSpecs says which may not load
			}
			data := c.Snapshot()
			restored, err := contract.Restore(data)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(restored.Snapshot(), data) {
				t.Error("the snapshot of the restored contract differs")
			}
		})
	}
}

// TestRestoreRefusesDamage changes one byte after the other.
func TestRestoreRefusesDamage(t *testing.T) {
	t.Parallel()
	data := load(t, `
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /a/{id}:
    post:
      parameters: [{name: id, in: path, required: true, schema: {type: integer, maximum: 12}}]
      requestBody: {content: {application/json: {schema: {enum: [a, {b: 1.50}], pattern: ^a+$}}}}
      responses: {"200": {description: ok}}
`).Snapshot()
	if _, err := contract.Restore(data); err != nil {
		t.Fatal(err)
	}
	for i := range data {
		changed := bytes.Clone(data)
		changed[i] ^= 0x55
		for _, broken := range [][]byte{changed, data[:i]} {
			if _, err := contract.Restore(broken); !errors.Is(err, contract.ErrSnapshot) {
				t.Fatalf("byte %d: %v", i, err)
			}
		}
	}
}

func BenchmarkRestore(b *testing.B) {
	dir := outside.Specs(b)
	c, err := contract.Load(os.DirFS(dir), "openai.yaml")
	if err != nil {
		b.Skip(err)
	}
	data := c.Snapshot()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := contract.Restore(data); err != nil {
			b.Fatal(err)
		}
	}
}
