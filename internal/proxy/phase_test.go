package proxy

import (
	"fmt"
	"io"
	"net"
	"syscall"
	"testing"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/internal/socket"
	"github.com/faultline-http/faultline/internal/wire"
)

func TestPhaseOfABrokenCall(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err  error
		want faultline.Phase
	}{
		{&socket.Error{Op: "write", Err: syscall.EPIPE}, faultline.PhaseSend},
		{fmt.Errorf("tls: %w", &net.OpError{Op: "write", Err: syscall.EPIPE}), faultline.PhaseSend},
		{&net.OpError{Op: "raw-write", Err: net.ErrClosed}, faultline.PhaseSend},
		{&socket.Error{Op: "read", Err: syscall.ECONNRESET}, faultline.PhaseWait},
		{io.EOF, faultline.PhaseWait},
		{&wire.Error{}, faultline.PhaseReceive},
	} {
		if got := new(call).phase(tt.err); got != tt.want {
			t.Errorf("%v: %v, want %v", tt.err, got, tt.want)
		}
	}
}
