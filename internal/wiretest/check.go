package wiretest

import (
	"fmt"
	"slices"
	"strings"
)

// checkRequest compares the head that the server got with the one that the
// client sent. authority is the server's own, which replaces the Host field.
func checkRequest(sent *Message, head []string, authority string) error {
	method, rest, _ := strings.Cut(sent.Start, " ")
	target := rest[:strings.LastIndexByte(rest, ' ')]
	if want := method + " " + target + " HTTP/1.1"; head[0] != want {
		return fmt.Errorf("the request line arrived as %q, want %q", head[0], want)
	}
	got := slices.Clone(head[1:])
	if hosts := remove(&got, "Host"); len(hosts) != 1 || value(hosts[0]) != authority {
		return fmt.Errorf("the Host fields arrived as %q, want one with %s", hosts, authority)
	}
	for _, line := range remove(&got, "TE") {
		if !strings.EqualFold(value(line), "trailers") {
			return fmt.Errorf("%q went on: of TE only trailers can be promised", line)
		}
	}
	connection := remove(&got, "Connection")
	if upgrade := sent.has("upgrade"); upgrade != slices.ContainsFunc(connection, func(l string) bool { return hasMember(value(l), "upgrade") }) {
		return fmt.Errorf("the Connection fields arrived as %q; an upgrade was asked for: %v", connection, upgrade)
	}
	if err := removeOwnVia(&got, sent); err != nil {
		return err
	}
	return same(wanted(sent), got)
}

// removeOwnVia takes out the one Via field that the proxy added (RFC 9110, section 7.6.3).
func removeOwnVia(got *[]string, sent *Message) error {
	own := -1
	for i, line := range *got {
		if named(line, "Via") && !slices.Contains(sent.lines(), line) {
			if own >= 0 {
				return fmt.Errorf("two Via fields were added: %q and %q", (*got)[own], line)
			}
			own = i
		}
	}
	if own < 0 {
		return fmt.Errorf("no Via field was added")
	}
	*got = slices.Delete(*got, own, own+1)
	return nil
}

// checkAnswer compares the head that the client got with the one that the
// server sent. dechunked says that the client knows no chunks (RFC 9112, section 6.1).
func checkAnswer(sent *Message, head []string, dechunked bool) error {
	if want := "HTTP/1.1" + sent.Start[len("HTTP/1.1"):]; head[0] != want {
		return fmt.Errorf("the status line arrived as %q, want %q", head[0], want)
	}
	got, want := slices.Clone(head[1:]), wanted(sent)
	remove(&got, "Connection")
	if dechunked {
		remove(&want, "Transfer-Encoding")
	}
	return same(want, got)
}

// wanted are the lines that go from end to end.
func wanted(m *Message) []string {
	var out []string
	for _, f := range m.Fields {
		if line, ok := m.line(f); ok && f.role != hop && f.role != host {
			out = append(out, line)
		}
	}
	return out
}

func same(want, got []string) error {
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(want):
			return fmt.Errorf("%q was added", got[i])
		case i >= len(got):
			return fmt.Errorf("%q did not arrive", want[i])
		case want[i] != got[i]:
			return fmt.Errorf("field %d arrived as %q, want %q", i+1, got[i], want[i])
		}
	}
	return nil
}

// remove takes the lines of a field out of the list.
func remove(lines *[]string, name string) (out []string) {
	*lines = slices.DeleteFunc(*lines, func(line string) bool {
		if named(line, name) {
			out = append(out, line)
			return true
		}
		return false
	})
	return out
}

func named(line, name string) bool {
	n, _, _ := strings.Cut(line, ":")
	return strings.EqualFold(n, name)
}

func value(line string) string {
	_, v, _ := strings.Cut(line, ":")
	return strings.Trim(v, " \t")
}
