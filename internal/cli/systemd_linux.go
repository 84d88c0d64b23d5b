package cli

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// reloadingState says that a reload begins, and when: Type=notify-reload tells
// reloads apart by the monotonic clock (systemd.service(5)).
func reloadingState() string {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		return "RELOADING=1"
	}
	return fmt.Sprintf("RELOADING=1\nMONOTONIC_USEC=%d", now.Nano()/1000)
}
