package coding

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/faultline-http/faultline"
	"github.com/klauspost/compress/zstd"
)

// encode applies codings in their order; "raw" is deflate without the zlib format.
func encode(t testing.TB, data []byte, codings ...string) []byte {
	t.Helper()
	for _, name := range codings {
		var out bytes.Buffer
		var w io.WriteCloser
		var err error
		switch name {
		case "gzip", "x-gzip":
			w = gzip.NewWriter(&out)
		case "deflate":
			w = zlib.NewWriter(&out)
		case "raw":
			w, err = flate.NewWriter(&out, 6)
		case "br":
			w = brotli.NewWriter(&out)
		case "zstd":
			w, err = zstd.NewWriter(&out)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		data = out.Bytes()
	}
	return data
}

// text compresses well and is not all the same.
func text(size int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, `{"id": %d, "sku": "A-%d", "note": "the quick brown fox"},`, i, i%97)
	}
	return b.Bytes()[:size]
}

// decoded is a body without its codings.
func decoded(header string, raw []byte, limit int64) ([]byte, error) {
	b := faultline.Body{Raw: raw}
	err := Decode(&b, header, limit)
	return b.Decoded, err
}

func TestEveryCodingIsRemoved(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		header string
		steps  []string
	}{
		{"gzip", []string{"gzip"}},
		{"X-GZIP", []string{"gzip"}},
		{"deflate", []string{"deflate"}},
		{"deflate", []string{"raw"}},
		{"br", []string{"br"}},
		{"zstd", []string{"zstd"}},
		{"", nil},
		{"identity", nil},
		{" , identity,", nil},
		{"gzip, br", []string{"gzip", "br"}},
		{"deflate,identity , zstd,gzip", []string{"raw", "zstd", "gzip"}},
	} {
		for _, size := range []int{0, 1, 100, 70_000} {
			want := text(size)
			raw := encode(t, want, tt.steps...)
			for range 2 { // the second time with a decoder that was used before
				b := faultline.Body{Raw: raw, Size: int64(len(raw))}
				if err := Decode(&b, tt.header, 1<<20); err != nil {
					t.Fatalf("%q of %d bytes: %v", tt.header, size, err)
				}
				if !bytes.Equal(b.Decoded, want) || b.Note != "" {
					t.Errorf("%q of %d bytes: got %d bytes, note %q", tt.header, size, len(b.Decoded), b.Note)
				}
			}
		}
	}
}

func TestWhatBreaksOffGivesItsBeginning(t *testing.T) {
	t.Parallel()
	want := text(600_000)
	for _, codings := range [][]string{{"gzip"}, {"deflate"}, {"br"}, {"zstd"}, {"gzip", "gzip"}, {"zstd", "gzip"}, {"gzip", "br"}} {
		raw := encode(t, want, codings...)
		raw = raw[:len(raw)-len(raw)/4]
		b := faultline.Body{Raw: raw}
		err := Decode(&b, strings.Join(codings, ", "), 1<<20)
		if !errors.Is(err, io.ErrUnexpectedEOF) || b.Note == "" {
			t.Errorf("%v: got %v, note %q; want an unexpected end", codings, err, b.Note)
		}
		if len(b.Decoded) == 0 || !bytes.HasPrefix(want, b.Decoded) {
			t.Errorf("%v: got %d bytes, want the beginning", codings, len(b.Decoded))
		}
	}
}

func TestBombsCostNoMoreThanTheLimit(t *testing.T) {
	t.Parallel()
	const limit = 10_000
	zeros := make([]byte, 8<<20)
	for _, codings := range [][]string{{"gzip"}, {"deflate"}, {"raw"}, {"br"}, {"zstd"}, {"gzip", "gzip"}, {"zstd", "br", "gzip"}} {
		raw := encode(t, zeros, codings...)
		b := faultline.Body{Raw: raw}
		err := Decode(&b, strings.ReplaceAll(strings.Join(codings, ","), "raw", "deflate"), limit)
		if !errors.Is(err, faultline.ErrExpanded) || !strings.Contains(b.Note, faultline.ErrExpanded.Error()) {
			t.Errorf("%v: got %v, note %q; want ErrExpanded", codings, err, b.Note)
		}
		if len(b.Decoded) != limit {
			t.Errorf("%v: got %d bytes, want %d", codings, len(b.Decoded), limit)
		}
	}
	exact := encode(t, zeros[:limit], "br")
	if got, err := decoded("br", exact, limit); err != nil || len(got) != limit {
		t.Errorf("exactly the limit: got %d bytes, %v", len(got), err)
	}
	// Between two codings there may lie much that becomes nothing: empty members of gzip.
	empty := encode(t, nil, "gzip")
	nothing := encode(t, bytes.Repeat(empty, 1+(limit+slack)/len(empty)), "gzip")
	if _, err := decoded("gzip, gzip", nothing, limit); !errors.Is(err, faultline.ErrExpanded) {
		t.Errorf("much that becomes nothing: got %v, want ErrExpanded", err)
	}
}

func TestWindowsAreBounded(t *testing.T) {
	t.Parallel()
	// RFC 8878, section 3.1.1.1: no single segment, a window of 64 MB, an empty last block.
	huge := []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 16 << 3, 1, 0, 0}
	if _, err := decoded("zstd", huge, 1<<20); !errors.Is(err, zstd.ErrWindowSizeExceeded) {
		t.Errorf("zstd with a window of 64 MB: got %v, want it refused", err)
	}
	// RFC 7932, section 9.1: 0010001 begins the large windows of no standard.
	if _, err := decoded("br", []byte{0x11, 0x1e, 0x03}, 1<<20); err == nil {
		t.Error("br with a large window: want it refused")
	}
}

func TestWhatIsNotInItsCoding(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"gzip", "br", "zstd"} {
		b := faultline.Body{Raw: []byte(`{"id": 1, "this": "is no coding"}`)}
		err := Decode(&b, name, 1000)
		var wrong *Error
		if !errors.As(err, &wrong) || wrong.Coding != name || errors.Is(err, faultline.ErrCoding) {
			t.Errorf("%s: got %v, want an error about %s", name, err, name)
		}
		if !strings.HasPrefix(b.Note, "content coding "+name+": ") || b.Decoded != nil {
			t.Errorf("%s: got note %q and %q", name, b.Note, b.Decoded)
		}
	}
}

func TestUnknownCodings(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"compress", "gzip, aws-chunked", "gzip,gzip,gzip,gzip,gzip,gzip"} {
		b := faultline.Body{Raw: []byte("x")}
		if err := Decode(&b, header, 10); !errors.Is(err, faultline.ErrCoding) || b.Decoded != nil {
			t.Errorf("%q: got %v, decoded %q", header, err, b.Decoded)
		}
	}
}

func TestDecodersAreUsedAgain(t *testing.T) {
	want := text(50_000)
	for _, name := range []string{"gzip", "deflate", "br", "zstd"} {
		raw := encode(t, want, name)
		work := func() {
			if out, err := decoded(name, raw, 1<<20); err != nil || len(out) != len(want) {
				t.Fatalf("%s: %d bytes, %v", name, len(out), err)
			}
		}
		work()
		// The decoders allocate tables of their own, some for each block; none of them a window.
		if got := testing.AllocsPerRun(20, work); got > 60 {
			t.Errorf("%s: %.0f allocations each time", name, got)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	want := text(100_000)
	for _, name := range []string{"identity", "gzip", "deflate", "br", "zstd"} {
		b.Run(name, func(b *testing.B) {
			raw := want
			if name != "identity" {
				raw = encode(b, want, name)
			}
			b.SetBytes(int64(len(want)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := decoded(name, raw, 1<<20); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"gzip", "deflate", "br", "zstd"} {
		f.Add(name, encode(f, text(300), name))
	}
	f.Add("deflate", encode(f, text(300), "raw"))
	f.Add("gzip, br", encode(f, text(300), "gzip", "br"))
	f.Fuzz(func(t *testing.T, header string, data []byte) {
		const limit = 4096
		if codings, err := split(header); err == nil && len(codings) == 0 {
			return // the body is looked at as it is
		}
		out, err := decoded(header, data, limit)
		if len(out) > limit {
			t.Fatalf("%d bytes, the limit is %d", len(out), limit)
		}
		again, againErr := decoded(header, data, limit)
		if !bytes.Equal(out, again) || (err == nil) != (againErr == nil) {
			t.Fatalf("a decoder that was used before gives something else: %v and %v", err, againErr)
		}
	})
}
