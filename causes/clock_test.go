package causes

import (
	"testing"
	"time"
)

// TestHTTPDate: the form that is read by hand gives what the library gives, and
// the other forms of RFC 9110, section 5.6.7, are still read.
func TestHTTPDate(t *testing.T) {
	t.Parallel()
	want := time.Date(1994, time.November, 6, 8, 49, 37, 0, time.UTC)
	for _, text := range []string{"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 +0000"} {
		if got, ok := httpDate(text); !ok || !got.Equal(want) {
			t.Errorf("httpDate(%q) = %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{
		"", "0", "-1", "x", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
		"Xyz, 06 Nov 1994 08:49:37 GMT", "Sun, 06 ovD 1994 08:49:37 GMT", "Sun, 0x Nov 1994 08:49:37 GMT",
	} {
		if got, ok := httpDate(text); ok {
			t.Errorf("httpDate(%q) = %v", text, got)
		}
	}
}
