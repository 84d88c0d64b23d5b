package demo

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

// limiter allows quota requests in each window and tells what is left in the
// RateLimit fields (draft-ietf-httpapi-ratelimit-headers).
type limiter struct {
	quota  int
	window time.Duration

	mu    sync.Mutex
	begun time.Time
	used  int
}

// take counts a request and returns 0, or the seconds to wait if it is one too
// many. It writes the fields in both cases.
func (l *limiter) take(h http.Header, now time.Time) (wait int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.begun) >= l.window {
		l.begun, l.used = now, 0
	}
	// A second begun is a second to wait: never less than what is left.
	rest := int((l.begun.Add(l.window).Sub(now) + time.Second - 1) / time.Second)
	l.used++
	h.Set("RateLimit-Policy", fmt.Sprintf(`"burst";q=%d;w=%d`, l.quota, max(1, int(l.window/time.Second))))
	h.Set("RateLimit", fmt.Sprintf(`"burst";r=%d;t=%d`, max(0, l.quota-l.used), rest))
	if l.used > l.quota {
		return rest
	}
	return 0
}

// sequence counts.
type sequence struct {
	mu sync.Mutex
	n  int
}

func (s *sequence) next() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return s.n
}
