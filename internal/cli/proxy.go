package cli

import (
	"errors"
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
	"github.com/faultline-http/faultline/internal/config"
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
	admin, data        string
	limits             proxy.Limits
	forward            bool
	tunnels            tunnelFlags
	allow              []string
	loginFile          string
}

func (a *app) proxyCommand() *cobra.Command {
	var f proxyFlags
	cmd := &cobra.Command{
		Use:   "proxy [--to URL | --forward]",
		Short: "stand in front of a service, explain every call that fails, and block bad ones if told to",
		Long: `Bytes pass unchanged in both directions. Failed calls are shown as they happen, one line each, on stdout; a
summary follows on stderr at the end. With a contract, requests and answers are held to it.

  observe   nothing is touched
  warn      the answer to a request that breaks the contract names the cause: Faultline-Cause, Faultline-Id
  block     such a request ends here with a problem document (RFC 9457); the service never sees it

Without --to the services are those of faultline.yaml. Flags go before what stands there. SIGHUP reads it anew; a wrong
one leaves the old in place.

With --forward it is a proxy that clients name in their settings (HTTPS_PROXY). It looks into calls over TLS with
certificates of the local authority, which clients have to trust: faultline ca install, or faultline run, which does it
all for one command. Only this machine may use it, unless --allow lets others in. It reads no faultline.yaml.`,
		Example: "faultline proxy --to http://localhost:3000\n" +
			"faultline proxy --config faultline.yaml --admin 127.0.0.1:9901\n" +
			"faultline proxy --to http://localhost:3000 -c openapi.yaml --mode block\n" +
			"faultline proxy --to https://api.example.com -c openapi.yaml --listen 127.0.0.1:9000\n" +
			"faultline proxy --forward --exclude login.example.com",
		Args:        noArguments,
		Annotations: exits(exitsServing),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.flags.check(formatText, formatNDJSON); err != nil {
				return err
			}
			if err := checkLimits(cmd.Flags()); err != nil {
				return err
			}
			if f.forward {
				return a.serveForward(cmd.Context(), &f)
			}
			return a.serveProxy(cmd.Context(), &f, cmd.Flags())
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
	fs.StringVar(&f.admin, "admin", "", "where the program itself is asked: health, /metrics, /counts, /reload (default: nowhere)")
	fs.StringVar(&f.data, "data", "", "keep failed calls in this folder, a line each, secrets masked")
	argName(fs, "to", "URL")
	argName(fs, "listen", "ADDR")
	argName(fs, "admin", "ADDR")
	argName(fs, "data", "FOLDER")
	inGroup(fs, "where", "to", "listen", "preserve-host", "forwarded", "admin", "data")

	fs.BoolVar(&f.forward, "forward", false, "go wherever clients ask to, as the proxy of their settings")
	fs.StringSliceVar(&f.allow, "allow", nil, "with --forward: who may use it, 10.0.0.0/8 or private; may be repeated (default: this machine)")
	fs.StringVar(&f.loginFile, "login-file", "", "with --forward: ask for a login; the file has a line NAME:PASSWORD for each")
	argName(fs, "allow", "CIDR")
	argName(fs, "login-file", "FILE")
	inGroup(fs, "where", "forward", "allow", "login-file")
	f.tunnels.add(cmd)

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

// override puts the flags before the configuration: those of --to make the only
// service, the others are set on every one.
func (f *proxyFlags) override(a *app, fs *pflag.FlagSet, l *config.Loaded) error {
	if !strings.HasPrefix(f.pages, "/") {
		return usagef("`--pages /"+f.pages+"`", "`--pages %s` is not a path", f.pages)
	}
	c := &l.Config
	if f.to == "" && len(c.Services) == 0 && !c.Forward.Enabled {
		return usagef("`--to http://localhost:3000`, or `services` in faultline.yaml", "`faultline proxy` needs the address of the service")
	}
	if f.to != "" {
		to, err := serviceAddress(f.to)
		if err != nil {
			return err
		}
		c.Services = []config.Service{{To: to}}
		l.Override("services", "--to")
	}
	if fs.Changed("listen") {
		c.Listen = []config.Listener{{Address: f.listen, HTTP2: true}}
		l.Override("listen", "--listen")
	}
	for i := range c.Services {
		if err := f.overrideService(a, fs, l, i); err != nil {
			return err
		}
	}
	f.overrideRest(fs, l)
	if err := l.Check(); err != nil {
		return &failure{kind: kindConfig, err: err}
	}
	return nil
}

// overrideService sets what flags say of a service: everything, if it is the one
// of --to.
func (f *proxyFlags) overrideService(a *app, fs *pflag.FlagSet, l *config.Loaded, i int) (err error) {
	s, alone := &l.Config.Services[i], f.to != ""
	given := func(flag string) bool { return alone || fs.Changed(flag) }
	if a.flags.contract != "" {
		if len(l.Config.Services) > 1 {
			return usagef("name it in `contracts` of one of them", "`--contract` for %s", count(len(l.Config.Services), "service"))
		}
		s.Contracts = []string{a.flags.contract}
		l.Override(config.ServicePath(i)+".contracts", "--contract")
	}
	if given("mode") {
		if s.Mode, err = guard.ParseMode(f.mode); err != nil {
			return badChoice("--mode", f.mode, []string{"observe", "warn", "block"})
		}
		if s.Mode == guard.Block && len(s.Contracts) == 0 {
			return usagef("add --contract openapi.yaml", "`--mode block` without a contract has nothing to block by")
		}
	}
	if given("undocumented") {
		if s.Undocumented, err = guard.ParseUndocumented(f.undocumented); err != nil {
			return badChoice("--undocumented", f.undocumented, []string{"pass", "block"})
		}
	}
	if given("body-limit") {
		if s.BodyLimit, err = byteSize("--body-limit", f.bodyLimit); err != nil {
			return err
		}
	}
	if given("problem-detail") {
		details := []string{"full", "safe", "minimal"}
		if f.problemDetail != "" && !slices.Contains(details, f.problemDetail) {
			return badChoice("--problem-detail", f.problemDetail, details)
		}
		s.Problem.Detail = faultline.DetailLevel(f.problemDetail)
	}
	set(given("strict"), &s.Strict, a.flags.strict)
	set(given("preserve-host"), &s.PreserveHost, f.preserveHost)
	set(given("forwarded"), &s.Forwarded, f.forwarded)
	set(given("problem-base"), &s.Problem.Base, f.problemBase)
	set(given("problem-origin"), &s.Problem.Origins, f.problemOrigins)
	return nil
}

func (f *proxyFlags) overrideRest(fs *pflag.FlagSet, l *config.Loaded) {
	c := &l.Config
	set(fs.Changed("head-timeout"), &c.Limits.Head, f.limits.Head)
	set(fs.Changed("idle-timeout"), &c.Limits.Idle, f.limits.Idle)
	set(fs.Changed("connect-timeout"), &c.Limits.Connect, f.limits.Connect)
	set(fs.Changed("answer-timeout"), &c.Limits.Answer, f.limits.FirstByte)
	set(fs.Changed("body-timeout"), &c.Limits.Body, f.limits.BodyIdle)
	set(fs.Changed("grace"), &c.Limits.Grace, f.limits.Grace)
	set(fs.Changed("max-clients"), &c.Limits.MaxClients, f.limits.MaxClients)
	set(fs.Changed("data"), &c.Data.Folder, f.data)
	if fs.Changed("admin") {
		c.Admin.Address = f.admin
		l.Override("admin.address", "--admin")
	}
}

// set gives a setting the value of a flag, if that was given.
func set[T any](given bool, into *T, v T) {
	if given {
		*into = v
	}
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

// contractsInWords names the contracts in the tail's first line.
func contractsInWords(all []*contract.Contract) (out []string) {
	if len(all) == 0 {
		return []string{"no contract"}
	}
	if len(all) > mostNamed {
		return []string{count(len(all), "contract")}
	}
	for _, c := range all {
		out = append(out, filepath.Base(c.File())+", "+count(operations(c), "operation"))
	}
	return out
}

// mostNamed is how many contracts have room in one line.
const mostNamed = 2
