//go:build !unix

package socket

// A Reader cannot be asked here whether there is something to read.
type Reader struct{}

// Memory is where a Reader puts what arrives.
type Memory interface {
	Room() []byte
	Vacate()
}

// Watch does nothing.
func (*Reader) Watch(any) {}

// Usable reports false.
func (*Reader) Usable() bool { return false }

// Read is never called.
func (*Reader) Read(Memory) (int, error) { return 0, nil }
