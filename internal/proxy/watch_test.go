package proxy

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/guard"
)

// streamServer starts Node's server of streams.
func streamServer(t *testing.T) (node, addr string) {
	t.Helper()
	node = need(t, "node", "install Node.js 20 or newer")
	cmd := exec.Command(node, filepath.Join("testdata", "streams.mjs"))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	port, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the Node server said no port: %v", err)
	}
	return node, "127.0.0.1:" + strings.TrimSpace(port)
}

// TestEndsOfRealWebSockets lets Node's own WebSocket talk to a server through
// the proxy.
func TestEndsOfRealWebSockets(t *testing.T) {
	t.Parallel()
	node, server := streamServer(t)
	for _, tt := range []struct {
		path string
		want faultline.Slug
		text string
	}{
		{"/well", "", ""},
		{"/boom", "websocket.server-error", "websocket: closed by the server with 1011 (internal error): boom"},
		{"/bad", "websocket.protocol-error", "websocket: protocol error of the server at byte 9: the opcode 0x3 means nothing"},
		{"/gone", "websocket.abnormal-close", "without a close frame (1006)"},
		{"/leave", "websocket.policy", "websocket: closed by the client with 3000 (unauthorized): enough"},
	} {
		t.Run(tt.path, func(t *testing.T) {
			t.Parallel()
			addr, p, seen := watched(t, "http://"+server, nil)
			cmd := exec.CommandContext(t.Context(), node, "--experimental-websocket", "--no-warnings", filepath.Join("testdata", "streams.mjs"), "ws://"+addr+tt.path, tt.path[1:])
			cmd.Stderr = os.Stderr
			if err := cmd.Run(); err != nil {
				t.Fatal(err)
			}
			got := <-seen
			f, _ := got.d.Primary()
			text := ""
			if got.ex.Failure != nil {
				text = got.ex.Failure.Text
			}
			if f.Cause.Slug != tt.want || !strings.Contains(text, tt.text) || (text == "") != (tt.text == "") {
				t.Errorf("got %q, %q; want %q, %q", f.Cause.Slug, text, tt.want, tt.text)
			}
			if passed := got.ex.Labels[faultline.LabelPassed]; !strings.Contains(passed, "of the client, ") {
				t.Errorf("label = %q, want how much passed", passed)
			}
			if n := p.Counts().Answers.NotValidated[guard.Upgraded]; n != 1 {
				t.Errorf("NotValidated[%q] = %d, want 1", guard.Upgraded, n)
			}
		})
	}
}

func TestEndsOfRealStreams(t *testing.T) {
	t.Parallel()
	_, server := streamServer(t)
	for _, tt := range []struct {
		path string
		want faultline.Slug
	}{
		{"/events", "limit.rate"},
		{"/cut", "stream.broke-off"},
		{"/shop.Orders/Get", "resource.not-found"},
	} {
		t.Run(tt.path, func(t *testing.T) {
			t.Parallel()
			addr, _, seen := watched(t, "http://"+server, func(o *Options) { o.Services[0].Guard.BodyLimit = 1000 })
			resp, err := http.Get("http://" + addr + tt.path)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, resp.Body) // one of them breaks off
			_ = resp.Body.Close()
			got := <-seen
			if f, _ := got.d.Primary(); f.Cause.Slug != tt.want {
				t.Errorf("got %q: %s; want %q", f.Cause.Slug, f.Message, tt.want)
			}
		})
	}
}
