//go:build unix

package listen

import (
	"bufio"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestUnixSocketIsForItsUserAlone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s")
	l := opened(t, Spec{Address: "unix:" + path})
	if got := modeOf(t, path); got != 0o600 {
		t.Errorf("mode = %o, want 600", got)
	}
	_ = l.Close()
	if _, err := os.Lstat(path); err == nil {
		t.Error("the socket's file is still there after Close")
	}
	opened(t, Spec{Address: "unix:" + path, Mode: 0o666})
	if got := modeOf(t, path); got != 0o666 {
		t.Errorf("mode = %o, want 666", got)
	}
}

func modeOf(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func TestStaleSocketIsReplaced(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s")
	ln, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	ln.(*net.UnixListener).SetUnlinkOnClose(false)
	if _, err := Open(t.Context(), Spec{Address: "unix:" + path}); err == nil || !strings.Contains(err.Error(), "another process listens") {
		t.Errorf("a socket in use: %v", err)
	}
	_ = ln.Close()
	l := opened(t, Spec{Address: "unix:" + path})
	dialed(t, l)
}

func TestFileInPlaceOfSocketStays(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), Spec{Address: "unix:" + path})
	if err == nil || !strings.Contains(err.Error(), "is no socket") {
		t.Errorf("error = %v", err)
	}
	if text, _ := os.ReadFile(path); string(text) != "mine" {
		t.Errorf("the file now holds %q", text)
	}
}

func TestOpenSaysWhatToDo(t *testing.T) {
	t.Parallel()
	taken := opened(t, Spec{})
	for address, want := range map[string]string{
		taken.Addr().String():               "another process listens there",
		"8080":                              "host and port are wanted",
		":http-alt-x":                       "is no port",
		"unix:":                             "the path of the socket is missing",
		"unix:/no/such/folder/s":            "the folder of /no/such/folder/s does not exist",
		"unix:/" + strings.Repeat("x", 200): "choose a shorter one",
		"192.0.2.1:0":                       "no interface of this machine",
		"fd:1":                              "3 or above",
		"fd:999":                            "is no listening socket",
		"systemd":                           "LISTEN_FDS is not set",
	} {
		_, err := Open(t.Context(), Spec{Address: address})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "listen "+address+": ") {
			t.Errorf("%s: error %v, want one with %q", address, err, want)
		}
	}
}

func TestPassedSockets(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		env   map[string]string
		count int
		names string
		err   string
	}{
		{"two with names", map[string]string{"LISTEN_PID": "7", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "web:admin"}, 2, "web admin", ""},
		{"no names", map[string]string{"LISTEN_PID": "7", "LISTEN_FDS": "1"}, 1, "", ""},
		{"fewer names", map[string]string{"LISTEN_PID": "7", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "web"}, 2, "web unknown", ""},
		{"for somebody else", map[string]string{"LISTEN_PID": "8", "LISTEN_FDS": "2"}, 0, "", "passed to process 8"},
		{"garbage", map[string]string{"LISTEN_PID": "7", "LISTEN_FDS": "many"}, 0, "", "a number from 1 to 64"},
		{"too many", map[string]string{"LISTEN_PID": "7", "LISTEN_FDS": "65"}, 0, "", "a number from 1 to 64"},
	} {
		count, names, err := passed(func(k string) string { return tt.env[k] }, 7)
		if count != tt.count || strings.Join(names, " ") != tt.names {
			t.Errorf("%s: %d %q, want %d %q", tt.name, count, names, tt.count, tt.names)
		}
		if tt.err == "" != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.err) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.err)
		}
	}
}

// TestSocketActivation starts this test once more as systemd would: with an
// open socket as descriptor 3 that it has not opened itself.
func TestSocketActivation(t *testing.T) {
	if address := os.Getenv("LISTEN_TEST_ADDRESS"); address != "" {
		answerOnce(t, address)
		return
	}
	t.Parallel()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	f, err := ln.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for _, address := range []string{"systemd", "systemd:web", "fd:3"} {
		// The shell knows its own number, which exec keeps.
		cmd := exec.Command("/bin/sh", "-c", `LISTEN_PID=$$ exec "$0" -test.run '^TestSocketActivation$'`, os.Args[0])
		cmd.Env = append(os.Environ(), "LISTEN_TEST_ADDRESS="+address, "LISTEN_FDS=1", "LISTEN_FDNAMES=web")
		cmd.ExtraFiles = []*os.File{f}
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		c, err := net.Dial("tcp", ln.Addr().String()) // waits in the queue of the socket
		if err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(c).ReadString('\n'); line != "served\n" {
			t.Errorf("%s: %q, %v", address, line, err)
		}
		_ = c.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func answerOnce(t *testing.T, address string) {
	l := opened(t, Spec{Address: address})
	c, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	_, _ = c.Write([]byte("served\n"))
	_ = c.Close()
}
