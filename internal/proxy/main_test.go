package proxy

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestMain fails if a goroutine of the proxy outlives the tests: whoever
// starts one has to end it.
func TestMain(m *testing.M) {
	code := m.Run()
	if code == 0 {
		if left := leaked(); left != "" {
			fmt.Println("goroutines left behind:\n" + left)
			code = 1
		}
	}
	os.Exit(code)
}

// leaked waits a little for what is just ending.
func leaked() string {
	buf := make([]byte, 1<<20)
	deadline := time.Now().Add(5 * time.Second)
	for {
		var left []string
		for g := range strings.SplitSeq(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
			if strings.Contains(g, "faultline/internal/proxy.") && !strings.Contains(g, "TestMain") || strings.Contains(g, "faultline/guard.") {
				left = append(left, g)
			}
		}
		if len(left) == 0 || time.Now().After(deadline) {
			return strings.Join(left, "\n\n")
		}
		runtime.Gosched()
	}
}
