package wiretest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// A Malformed is a message with one fault, as a file of internal/wire/testdata/malformed
// has it: "# " and its name, the bytes with the escapes of Go, and "= " with the fault.
type Malformed struct {
	Name, Bytes string
	Want        string // the line after "= ": fault, bytes, line, status and cause
	Line        int    // of "= " in the file, from 0
}

// Fault is the name of the fault.
func (m *Malformed) Fault() string {
	name, _, _ := strings.Cut(m.Want, " ")
	return name
}

// ReadMalformed reads the cases of a file; lines is the file itself.
func ReadMalformed(path string) (cases []Malformed, lines []string, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	lines = strings.Split(string(text), "\n")
	var m *Malformed
	for i, l := range lines {
		switch {
		case strings.HasPrefix(l, "# "):
			cases = append(cases, Malformed{Name: l[2:]})
			m = &cases[len(cases)-1]
		case m == nil:
		case strings.HasPrefix(l, "= "):
			m.Want, m.Line = l[2:], i
			m = nil
		default:
			piece, err := unescape(l)
			if err != nil {
				return nil, nil, fmt.Errorf("%s:%d: %w", path, i+1, err)
			}
			m.Bytes += piece
		}
	}
	return cases, lines, nil
}

// unescape reads the escapes of Go, and {{x*N}} as x, N times.
func unescape(s string) (string, error) {
	open := strings.Index(s, "{{")
	if open < 0 {
		return strconv.Unquote(`"` + strings.ReplaceAll(s, `"`, `\"`) + `"`)
	}
	shut := strings.LastIndex(s, "}}")
	star := strings.LastIndexByte(s[:max(shut, 0)], '*')
	if star < open {
		return "", fmt.Errorf("`{{` without `*N}}`")
	}
	n, err := strconv.Atoi(s[star+1 : shut])
	if err != nil {
		return "", err
	}
	var parts [3]string
	for i, part := range []string{s[:open], s[open+2 : star], s[shut+2:]} {
		if parts[i], err = unescape(part); err != nil {
			return "", err
		}
	}
	return parts[0] + strings.Repeat(parts[1], n) + parts[2], nil
}
