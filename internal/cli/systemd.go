package cli

import (
	"net"
	"os"
)

// notifySystemd tells the service manager how the program is doing, if it asked
// to be told (sd_notify(3)): one datagram on the socket that it names.
func notifySystemd(state string) {
	name := os.Getenv("NOTIFY_SOCKET")
	if name == "" {
		return
	}
	// Go spells the abstract namespace as systemd does: with an @.
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		return // nobody listens: that is no reason to fail calls
	}
	defer c.Close()
	_, _ = c.Write([]byte(state))
}
