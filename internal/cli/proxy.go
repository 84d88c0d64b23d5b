package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/proxy"
)

// proxyFlags are the flags of `proxy`, as text until they are checked.
type proxyFlags struct {
	to, listen         string
	mode, undocumented string
	preserveHost       bool
	forwarded          bool
	bodyLimit          string
	problemBase        string
	problemDetail      string
	problemOrigins     []string
	pages              string
	noPages            bool
	limits             proxy.Limits
}

func (a *app) proxyCommand() *cobra.Command {
	var f proxyFlags
	cmd := &cobra.Command{
		Use:   "proxy --to URL",
		Short: "stand in front of a service, explain every call that fails, and block bad ones if told to",
		Long: `Bytes pass unchanged in both directions. Failed calls are shown as they happen, one line each, on stdout; a
summary follows on stderr at the end. With a contract, requests and answers are held to it.

  observe   nothing is touched
  warn      the answer to a request that breaks the contract names the cause: Faultline-Cause, Faultline-Id
  block     such a request ends here with a problem document (RFC 9457); the service never sees it`,
		Example: "faultline proxy --to http://localhost:3000\n" +
			"faultline proxy --to http://localhost:3000 -c openapi.yaml --mode block\n" +
			"faultline proxy --to https://api.example.com -c openapi.yaml --listen 127.0.0.1:9000",
		Args:        noArguments,
		Annotations: exits(exitsServing),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.flags.check(formatText, formatNDJSON); err != nil {
				return err
			}
			if err := checkLimits(cmd.Flags()); err != nil {
				return err
			}
			return a.serveProxy(cmd.Context(), &f)
		},
	}
	f.declare(cmd)
	a.flags.strictly(cmd.Flags())
	inGroup(cmd.Flags(), "what is done", "strict")
	return cmd
}

func (f *proxyFlags) declare(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.StringVar(&f.to, "to", "", "the service: http://host:port or https://host")
	fs.StringVar(&f.listen, "listen", "127.0.0.1:8080", "where clients call")
	fs.BoolVar(&f.preserveHost, "preserve-host", false, "send the client's Host field on, not that of --to")
	fs.BoolVar(&f.forwarded, "forwarded", false, "add X-Forwarded-For, -Proto and -Host")
	argName(fs, "to", "URL")
	argName(fs, "listen", "ADDR")
	inGroup(fs, "where", "to", "listen", "preserve-host", "forwarded")

	fs.StringVar(&f.mode, "mode", "observe", "observe, warn or block")
	fs.StringVar(&f.undocumented, "undocumented", "", "pass or block what the contract has no operation for (default: block in mode block)")
	fs.StringVar(&f.bodyLimit, "body-limit", "1MiB", "bodies up to this size are judged; larger ones pass unjudged")
	argName(fs, "mode", "MODE")
	argName(fs, "undocumented", "WHAT")
	argName(fs, "body-limit", "SIZE")
	inGroup(fs, "what is done", "mode", "undocumented", "body-limit")

	fs.StringVar(&f.problemBase, "problem-base", "", "address that links in problem documents begin with (default: the proxy's own pages)")
	fs.StringVar(&f.problemDetail, "problem-detail", "", "full, safe or minimal (default: full for clients on loopback, else safe)")
	fs.StringSliceVar(&f.problemOrigins, "problem-origin", nil, "web origin whose scripts may read problem documents; may be repeated")
	fs.StringVar(&f.pages, "pages", proxy.DefaultPages, "path of the proxy's own pages about causes")
	fs.BoolVar(&f.noPages, "no-pages", false, "serve no pages")
	argName(fs, "problem-base", "URL")
	argName(fs, "problem-detail", "LEVEL")
	argName(fs, "problem-origin", "ORIGIN")
	argName(fs, "pages", "PATH")
	inGroup(fs, "its own answers", "problem-base", "problem-detail", "problem-origin", "pages", "no-pages")

	fs.DurationVar(&f.limits.Head, "head-timeout", proxy.DefaultHeadTime, "for a request's head to arrive")
	fs.DurationVar(&f.limits.Idle, "idle-timeout", proxy.DefaultIdle, "between two requests on a connection")
	fs.DurationVar(&f.limits.Connect, "connect-timeout", proxy.DefaultConnect, "to reach the service")
	fs.DurationVar(&f.limits.FirstByte, "answer-timeout", proxy.DefaultFirstByte, "for the service to begin its answer")
	fs.DurationVar(&f.limits.BodyIdle, "body-timeout", proxy.DefaultBodyIdle, "for a body that stands still")
	fs.DurationVar(&f.limits.Grace, "grace", proxy.DefaultGrace, "for calls under way when the proxy ends")
	fs.IntVar(&f.limits.MaxClients, "max-clients", proxy.DefaultMaxClients, "connections at once")
	inGroup(fs, limitsHeading, "head-timeout", "idle-timeout", "connect-timeout", "answer-timeout", "body-timeout", "grace", "max-clients")

	completes(cmd, "mode", "observe", "warn", "block")
	completes(cmd, "undocumented", "pass", "block")
	completes(cmd, "problem-detail", "full", "safe", "minimal")
}

// limitsHeading is the group of the flags that take a time or a count above zero.
const limitsHeading = "limits"

// checkLimits refuses what the proxy would silently replace by a default.
func checkLimits(fs *pflag.FlagSet) (err error) {
	fs.VisitAll(func(f *pflag.Flag) {
		text := f.Value.String()
		if headingOf(f) == limitsHeading && (text == "0" || text == "0s" || strings.HasPrefix(text, "-")) {
			err = usagef("", "`--%s %s`: more than nothing is needed", f.Name, text)
		}
	})
	return err
}

// options checks the flags.
func (f *proxyFlags) options(c *contract.Contract) (o proxy.Options, err error) {
	o = proxy.Options{Pages: f.pages, NoPages: f.noPages, Limits: f.limits, Services: make([]proxy.Service, 1)}
	s := &o.Services[0]
	s.PreserveHost, s.Forwarded = f.preserveHost, f.forwarded
	if s.To, err = serviceAddress(f.to); err != nil {
		return o, err
	}
	if s.Guard.Mode, err = guard.ParseMode(f.mode); err != nil {
		return o, badChoice("--mode", f.mode, []string{"observe", "warn", "block"})
	}
	if s.Guard.Undocumented, err = guard.ParseUndocumented(f.undocumented); err != nil {
		return o, badChoice("--undocumented", f.undocumented, []string{"pass", "block"})
	}
	if s.Guard.BodyLimit, err = byteSize("--body-limit", f.bodyLimit); err != nil {
		return o, err
	}
	if c == nil && s.Guard.Mode == guard.Block {
		return o, usagef("add --contract openapi.yaml", "`--mode block` without a contract has nothing to block by")
	}
	details := []string{"full", "safe", "minimal"}
	if f.problemDetail != "" && !slices.Contains(details, f.problemDetail) {
		return o, badChoice("--problem-detail", f.problemDetail, details)
	}
	if !strings.HasPrefix(f.pages, "/") {
		return o, usagef("`--pages /"+f.pages+"`", "`--pages %s` is not a path", f.pages)
	}
	if c != nil {
		s.Guard.Contracts = []*contract.Contract{c}
	}
	s.Guard.Problem = guard.Problem{Base: f.problemBase, Detail: faultline.DetailLevel(f.problemDetail), Origins: f.problemOrigins}
	return o, nil
}

// serviceAddress reads --to. A bare host and port means http, as everybody
// types it.
func serviceAddress(text string) (*url.URL, error) {
	const example = "`--to http://localhost:3000`"
	if text == "" {
		return nil, usagef(example, "`faultline proxy` needs the address of the service")
	}
	full := text
	if !strings.Contains(full, "://") {
		if strings.HasPrefix(full, ":") {
			full = "localhost" + full
		}
		full = "http://" + full
	}
	u, err := url.Parse(full)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "":
		return nil, usagef(example, "`--to %s` is not the address of a service", text)
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, usagef(example, "`--to %s`: only http and https are spoken", text)
	case u.User != nil:
		return nil, usagef("let the client send them", "`--to` holds credentials; other users of the machine can read them in the list of processes")
	case u.RawQuery != "" || u.Fragment != "":
		return nil, usagef(example, "`--to %s` has more than scheme, host and path", text)
	}
	return u, nil
}

// byteSize reads 4096, 64KiB, 1MB.
func byteSize(flag, text string) (int64, error) {
	units := []struct {
		name string
		size int64
	}{{"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30}, {"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9}, {"k", 1 << 10}, {"m", 1 << 20}, {"g", 1 << 30}, {"b", 1}}
	number, factor := strings.ToLower(strings.TrimSpace(text)), int64(1)
	for _, u := range units {
		if rest, ok := strings.CutSuffix(number, u.name); ok {
			number, factor = strings.TrimSpace(rest), u.size
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n <= 0 || n > maxByteSize/factor {
		return 0, usagef("`"+flag+" 1MiB`", "`%s %s` is not a size", flag, text)
	}
	return n * factor, nil
}

// maxByteSize is more than any machine keeps of one body.
const maxByteSize = 1 << 40

func (a *app) serveProxy(ctx context.Context, f *proxyFlags) error {
	c, err := a.loadSharedContract()
	if err != nil {
		return err
	}
	o, err := f.options(c)
	if err != nil {
		return err
	}
	ln, err := listen(f.listen)
	if err != nil {
		return err
	}
	if pointsAt(o.Services[0].To, ln.Addr()) {
		return errors.Join(usagef("give the service another port, or the proxy another --listen", "`--to %s` is the proxy itself", f.to), ln.Close())
	}
	if c != nil {
		a.warnUnverified(c, a.flags.contract)
	}
	return a.toOutput(func(w *output) error { return a.watchProxy(ctx, w, ln, o) })
}

func listen(address string) (net.Listener, error) {
	ln, err := net.Listen("tcp", address)
	if err == nil {
		return ln, nil
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil {
		err = op.Err
	}
	host, port, splitErr := net.SplitHostPort(address)
	switch {
	case splitErr != nil:
		return nil, usagef("`--listen 127.0.0.1:8080`", "`--listen %s` is not a host and a port", address)
	case inUse(err):
		fix := "`--listen " + net.JoinHostPort(host, "0") + "` takes a free port"
		if n, err := strconv.Atoi(port); err == nil && n > 0 && n < 65535 {
			fix = "`--listen " + net.JoinHostPort(host, strconv.Itoa(n+1)) + "`, or port 0 for any free one"
		}
		return nil, inputf(fix, "--listen %s: another program has the port", address)
	}
	return nil, inputf("", "--listen %s: %w", address, err)
}

// inUse also knows the number that Windows has for it (WSAEADDRINUSE), for
// which its syscall package has no name.
func inUse(err error) bool {
	const windowsInUse = syscall.Errno(10048)
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, windowsInUse)
}

// pointsAt reports whether calls to u would come back to the listener.
func pointsAt(u *url.URL, addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || u.Scheme != "http" {
		return false
	}
	port := u.Port()
	if port == "" {
		port = "80"
	}
	if port != strconv.Itoa(tcp.Port) {
		return false
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && (ip.Equal(tcp.IP) || ip.IsLoopback() && (tcp.IP.IsUnspecified() || tcp.IP.IsLoopback()))
}

// described says what a proxy does: the parts of the tail's first line.
func described(ln net.Addr, o proxy.Options) []string {
	head := []string{fmt.Sprintf("proxy http://%s → %s", ln, o.Services[0].To), o.Services[0].Guard.Mode.String()}
	for _, c := range o.Services[0].Guard.Contracts {
		head = append(head, filepath.Base(c.File())+", "+count(operations(c), "operation"))
	}
	if len(o.Services[0].Guard.Contracts) == 0 {
		head = append(head, "no contract")
	}
	return head
}
