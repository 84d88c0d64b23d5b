package wire

// A Block is borrowed memory for one body of known length.
type Block struct {
	buf *buffer
	n   int
}

// Borrow makes room for size bytes; what was in the block is gone.
func (k *Block) Borrow(size int) {
	k.Release()
	for class := range sizes {
		if sizes[class] >= size {
			k.buf = borrow(class)
			return
		}
	}
	k.buf = &buffer{b: make([]byte, size), class: -1}
}

// Release gives the memory back.
func (k *Block) Release() {
	if k.buf != nil && k.buf.class >= 0 {
		giveBack(k.buf)
	}
	k.buf, k.n = nil, 0
}

// Len is how many bytes there are.
func (k *Block) Len() int { return k.n }

// Bytes are what there is, until Release.
func (k *Block) Bytes() []byte {
	if k.buf == nil {
		return nil
	}
	return k.buf.b[:k.n]
}

// Take returns the rest of a body of known length, all of which must lie in the
// window. It is valid until [Reader.Release].
func (b *Body) Take() []byte {
	piece := b.rd.Window()[:b.left]
	b.rd.Skip(len(piece))
	b.took(len(piece))
	return piece
}

// TakeInto reads more of a body of known length into the block, in one read
// past the buffer. After an error the rest can still be read, if it comes.
func (b *Body) TakeInto(k *Block) error {
	room := k.buf.b[k.n:]
	n, err := b.rd.Read(room[:min(int64(len(room)), b.left)])
	k.n += n
	b.took(n)
	if n > 0 || err == nil {
		return nil
	}
	return cut(err)
}

func (b *Body) took(n int) {
	b.left -= int64(n)
	b.offset += int64(n)
	if b.left == 0 {
		b.state = ended
	}
}
