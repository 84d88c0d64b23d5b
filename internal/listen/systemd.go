package listen

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
)

// firstPassed is the first descriptor that systemd passes (SD_LISTEN_FDS_START
// of sd_listen_fds(3)).
const firstPassed = 3

// maxPassed bounds what the environment can make us open.
const maxPassed = 64

// fromSystemd takes the sockets of socket activation, by the protocol of
// sd_listen_fds(3): LISTEN_PID is ours, LISTEN_FDS counts them, LISTEN_FDNAMES
// names them. With a name only those that have it are taken.
func fromSystemd(name string) ([]net.Listener, error) {
	count, names, err := passed(os.Getenv, os.Getpid())
	if err != nil {
		return nil, err
	}
	var out []net.Listener
	for i := range count {
		if name != "" && names[i] != name {
			continue
		}
		ln, err := fromFile(uintptr(firstPassed+i), "systemd:"+names[i])
		if err != nil {
			closeAll(out)
			return nil, err
		}
		out = append(out, ln)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("systemd passed no socket named %q, but %q: set FileDescriptorName= in the .socket unit", name, names)
	}
	return out, nil
}

// passed reads what the environment says about the sockets.
func passed(getenv func(string) string, pid int) (count int, names []string, err error) {
	if getenv("LISTEN_FDS") == "" {
		return 0, nil, errors.New("systemd passed no sockets (LISTEN_FDS is not set): start the service by its .socket unit")
	}
	if got := getenv("LISTEN_PID"); got != strconv.Itoa(pid) {
		return 0, nil, fmt.Errorf("the sockets were passed to process %s, not to this one (%d): nothing may stand between systemd and the program, such as a shell", got, pid)
	}
	count, err = strconv.Atoi(getenv("LISTEN_FDS"))
	if err != nil || count < 1 || count > maxPassed {
		return 0, nil, fmt.Errorf("LISTEN_FDS is %q: a number from 1 to %d is wanted", getenv("LISTEN_FDS"), maxPassed)
	}
	names = strings.Split(getenv("LISTEN_FDNAMES"), ":")
	for len(names) < count {
		names = append(names, "unknown") // as sd_listen_fds_with_names(3) has it
	}
	return count, names[:count], nil
}

func closeAll(lns []net.Listener) {
	for _, ln := range lns {
		_ = ln.Close()
	}
}
