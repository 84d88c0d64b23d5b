package tape

import (
	"strings"
	"testing"
)

func TestPlacesCountLikeLineColumn(t *testing.T) {
	t.Parallel()
	text := []byte(strings.Repeat("añ€😀b\n\ncd\r\n", 500) + strings.Repeat("€", 2000))
	p := NewPlaces(text)
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i]&0xc0 == 0x80 {
			continue // inside of a code point
		}
		line, column := LineColumn(text, i)
		if got := p.Span(i, i); got.Line != line || got.Column != column {
			t.Fatalf("offset %d is %d:%d, want %d:%d", i, got.Line, got.Column, line, column)
		}
	}
	if got := NewPlaces(nil).Span(0, 0); got.Line != 1 || got.Column != 1 {
		t.Errorf("the empty text begins at %d:%d, want 1:1", got.Line, got.Column)
	}
}
