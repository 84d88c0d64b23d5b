package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/faultline-http/faultline/bench/orders"
)

// ajv runs node/speed.mjs on the bodies: JSON.parse and the verdict, in CPU
// time of its process, after a warm-up of the compiler.
func ajv(modules, script string, bodies []orders.Body, round time.Duration, rounds int) ([]figure, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	args := []string{script, filepath.Join(dir, "schema.json")}
	if err := os.WriteFile(args[1], orders.Schema, 0o600); err != nil {
		return nil, err
	}
	for i, b := range bodies {
		name := filepath.Join(dir, strconv.Itoa(i)+".json")
		if err := os.WriteFile(name, b.Text, 0o600); err != nil {
			return nil, err
		}
		args = append(args, name)
	}
	cmd := exec.Command("node", args...)
	cmd.Env = append(os.Environ(), "AJV_DIR="+modules, "ROUNDS="+strconv.Itoa(rounds), "ROUND_US="+strconv.FormatInt(round.Microseconds(), 10))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("node: %w", err)
	}
	var rows []struct {
		Ns    float64 `json:"ns"`
		Valid bool    `json:"valid"`
	}
	if err := json.Unmarshal(out, &rows); err != nil {
		return nil, fmt.Errorf("what node printed: %w", err)
	}
	figures := make([]figure, len(rows))
	for i, row := range rows {
		if row.Valid != bodies[i].Valid {
			return nil, fmt.Errorf("%s: ajv says %v", bodies[i].Name, row.Valid)
		}
		figures[i] = figure{ns: row.Ns, allocs: -1}
	}
	return figures, nil
}
