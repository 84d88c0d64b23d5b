package coding

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"runtime"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// kind is a content coding and its idle decoders.
type kind struct {
	names []string
	large bool // its window may be megabytes: only some are decoded at a time
	make  func() decoder
	pool  sync.Pool
}

type decoder interface {
	io.Reader
	reset(source) error
}

var kinds = []*kind{
	{names: []string{"gzip", "x-gzip"}, make: func() decoder { return &gzipDecoder{} }},
	{names: []string{"deflate"}, make: func() decoder { return &deflateDecoder{} }},
	{names: []string{"br"}, large: true, make: func() decoder { return &brotliDecoder{} }},
	{names: []string{"zstd"}, large: true, make: func() decoder { return &zstdDecoder{} }},
}

// slots are the decoders with large windows that may run at a time. Decoding
// waits for nothing but the processor, so more would not be faster.
var slots = make(chan struct{}, runtime.GOMAXPROCS(0))

// open takes an idle decoder, or makes one.
func (k *kind) open(in source) (decoder, error) {
	d, idle := k.pool.Get().(decoder)
	if !idle {
		d = k.make()
	}
	if err := d.reset(in); err != nil {
		l := layer{kind: k}
		return nil, l.named(err)
	}
	return d, nil
}

type gzipDecoder struct{ gzip.Reader }

func (d *gzipDecoder) reset(in source) error { return d.Reset(in) }

// deflateDecoder takes both forms that servers send: RFC 9110, section 8.4.1.2,
// wants the zlib format, and notes that some send the bare data of RFC 1951.
type deflateDecoder struct {
	io.Reader // the one of the two that is in use
	ahead     *bufio.Reader
	zlib, raw io.Reader
}

func (d *deflateDecoder) reset(in source) (err error) {
	if d.ahead == nil {
		d.ahead = bufio.NewReaderSize(in, 16)
	}
	d.ahead.Reset(in)
	head, err := d.ahead.Peek(2)
	if len(head) < 2 {
		return err
	}
	if !zlibHeader(head) {
		if d.raw == nil {
			d.raw = flate.NewReader(d.ahead)
		} else {
			err = d.raw.(flate.Resetter).Reset(d.ahead, nil)
		}
		d.Reader = d.raw
		return err
	}
	if d.zlib == nil {
		d.zlib, err = zlib.NewReader(d.ahead)
	} else {
		err = d.zlib.(zlib.Resetter).Reset(d.ahead, nil)
	}
	d.Reader = d.zlib
	return err
}

// zlibHeader checks method and check bits (RFC 1950, section 2.2).
func zlibHeader(b []byte) bool {
	return b[0]&0x0f == 8 && b[0]>>4 <= 7 && (uint(b[0])<<8|uint(b[1]))%31 == 0
}

// brotliDecoder has a window of 16 MB at most (RFC 7932, section 9.1), of which
// the library takes as much as the data needs.
type brotliDecoder struct{ brotli.Reader }

func (d *brotliDecoder) reset(in source) error { return d.Reset(in) }

// maxWindow is the largest window that a sender may use (RFC 9659, section 3).
const maxWindow = 8 << 20

type zstdDecoder struct{ *zstd.Decoder }

func (d *zstdDecoder) reset(in source) (err error) {
	if d.Decoder == nil {
		// One at a time and no goroutines: the decoder can be dropped without being closed.
		d.Decoder, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		return err
	}
	return d.Reset(in)
}
