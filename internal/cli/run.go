package cli

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/net/http/httpproxy"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/guard"
	"github.com/faultline-http/faultline/internal/ca"
	"github.com/faultline-http/faultline/internal/childenv"
	"github.com/faultline-http/faultline/internal/proxy"
	"github.com/faultline-http/faultline/internal/report"
)

// runFlags are the flags of `run`.
type runFlags struct {
	failOn  failOn
	tunnels tunnelFlags
}

// tunnelFlags say which tunnels are looked into.
type tunnelFlags struct {
	only, exclude []string
	noIntercept   bool
}

func (f *tunnelFlags) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringSliceVar(&f.only, "only-host", nil, "look into calls over TLS to this host and those below it, tunnel the others; may be repeated")
	fs.StringSliceVar(&f.exclude, "exclude", nil, "tunnel calls over TLS to this host and those below it without a look; may be repeated")
	fs.BoolVar(&f.noIntercept, "no-intercept", false, "tunnel all calls over TLS: only those in the clear are explained")
	argName(fs, "only-host", "HOST")
	argName(fs, "exclude", "HOST")
	inGroup(fs, "what is looked into", "only-host", "exclude", "no-intercept")
}

// closed says why the tunnel to a host is not looked into.
func (f *tunnelFlags) closed(authority *ca.Authority) func(host string) string {
	return func(host string) string {
		below := func(name string) bool {
			name = strings.ToLower(strings.TrimPrefix(name, "*."))
			return host == name || strings.HasSuffix(host, "."+name)
		}
		switch {
		case slices.ContainsFunc(f.exclude, below):
			return "it is excluded"
		case len(f.only) > 0 && !slices.ContainsFunc(f.only, below):
			return "it is not among --only-host"
		case !authority.Permits(host):
			return "the local authority is not for this host"
		}
		return ""
	}
}

// childError is the exit code of a command that was run.
type childError int

func (e childError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

const exitsOfRun = "  the command's own, or 128 and the number of the signal that ended it\n" +
	"  1  the command ended with 0, and a call failed that --fail-on is about\n  2  the command could not be started, or a bug of ours\n"

func (a *app) runCommand() *cobra.Command {
	f := runFlags{failOn: failOn{failNone}}
	cmd := &cobra.Command{
		Use:   "run [flags] -- COMMAND [ARGUMENT]...",
		Short: "run a command and explain every HTTP call of it that fails",
		Long: `The command gets the variables that send its calls through a proxy on this machine and that make it trust the
proxy's certificates: Go, Node, Python, Java, Ruby, curl, .NET and others read them. Nothing is installed. Standard
input and output are the command's; what is found goes to stderr, or to --output. Failed calls are kept, secrets masked,
until the next run: faultline explain ID.

A client that does not accept the certificates is told of, and its host is tunnelled from then on. The local authority
is made at the first run; faultline ca says more.`,
		Example: "faultline run -- npm test\nfaultline run -c openapi.yaml --fail-on client -- go test ./...\n" +
			"faultline run --exclude login.example.com -- python3 sync.py",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("`faultline run -- npm test`", "`faultline run` needs a command")
			}
			return nil
		},
		Annotations: exits(exitsOfRun),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := errors.Join(a.flags.check(formatText, formatNDJSON), f.failOn.check()); err != nil {
				return err
			}
			return a.run(cmd.Context(), &f, args)
		},
	}
	fs := cmd.Flags()
	fs.SetInterspersed(false) // what follows the command's name is the command's
	fs.StringSliceVar((*[]string)(&f.failOn), "fail-on", f.failOn, "what makes the exit code 1: any, a party, a cause or a family such as body.* (default: none)")
	argName(fs, "fail-on", "WHAT")
	f.tunnels.add(cmd)
	a.flags.strictly(fs)
	return cmd
}

// runner is one run of a command.
type runner struct {
	app   *app
	flags *runFlags
	args  []string
	view  *runView
	proxy *proxy.Proxy
	made  *childenv.Made
}

func (a *app) run(ctx context.Context, f *runFlags, args []string) error {
	if _, err := exec.LookPath(args[0]); err != nil {
		return inputf("name a program that is on PATH, or its path", "%s: %w", args[0], errors.Unwrap(err))
	}
	c, err := a.loadSharedContract()
	if err != nil {
		return err
	}
	var authority *ca.Authority
	if !f.tunnels.noIntercept {
		if authority, _, err = a.openCA(); err != nil {
			return err
		}
	}
	folder, err := os.MkdirTemp("", "faultline-run-") // 0700
	if err != nil {
		return inputf("", "%w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return inputf("", "%w", err)
	}
	r := &runner{app: a, flags: f, args: args}
	if err := r.prepare(ln, folder, c, authority); err != nil {
		return errors.Join(err, ln.Close())
	}
	return r.run(ctx, ln)
}

// prepare makes the environment, the proxy and what shows its calls.
func (r *runner) prepare(ln net.Listener, folder string, c *contract.Contract, authority *ca.Authority) (err error) {
	o := childenv.Options{Proxy: ln.Addr().String(), Folder: folder, Base: os.Environ()}
	if authority != nil {
		o.Authority = authority.PEM()
	}
	if r.made, err = childenv.Make(o); err != nil {
		return inputf("", "the environment of the command: %w", err)
	}
	for _, note := range r.made.Notes {
		r.app.warn("%s", note)
	}
	if r.view, err = r.app.newRunView(c); err != nil {
		return err
	}
	forward := r.app.forward(c, r.made.Roots)
	forward.Told = r.view.tunnel
	if authority != nil {
		forward.Leaf, forward.Closed = authority.Leaf, r.flags.tunnels.closed(authority)
	}
	r.proxy, err = proxy.New(proxy.Options{Forward: forward, NoPages: true, Sinks: []guard.Sink{r.view}, Notice: func(text string) { r.app.warn("%s", text) }})
	if err != nil {
		return inputf("", "%w", err)
	}
	return nil
}

// forward is how servers are reached: with the authorities that the command
// would trust, and through the proxy that it would go through.
func (a *app) forward(c *contract.Contract, roots []byte) *proxy.Forward {
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	pool.AppendCertsFromPEM(roots)
	f := &proxy.Forward{TLS: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, Parent: a.parentProxy()}
	f.Guard.Problem.Text = func(w io.Writer, ex *faultline.Exchange, d *faultline.Diagnosis) error {
		return report.Text(w, ex, d, report.Options{})
	}
	if c != nil {
		f.Guard.Contracts, f.Knows = []*contract.Contract{c}, hostsOf(c)
	}
	return f
}

// parentProxy is the proxy of the variables that we were started with.
func (a *app) parentProxy() func(*url.URL) (*url.URL, error) {
	first := func(names ...string) string {
		for _, name := range names {
			if v := a.Getenv(name); v != "" {
				return v
			}
		}
		return ""
	}
	all := first("ALL_PROXY", "all_proxy")
	config := &httpproxy.Config{HTTPProxy: first("HTTP_PROXY", "http_proxy"), HTTPSProxy: first("HTTPS_PROXY", "https_proxy"), NoProxy: first("NO_PROXY", "no_proxy")}
	if config.HTTPProxy == "" {
		config.HTTPProxy = all
	}
	if config.HTTPSProxy == "" {
		config.HTTPSProxy = all
	}
	if config.HTTPProxy == "" && config.HTTPSProxy == "" {
		return nil
	}
	return config.ProxyFunc()
}

// hostsOf tells the hosts that a contract is about; nil: it names none, so it
// is about all. This machine is always meant: servers under test run there.
func hostsOf(c *contract.Contract) func(host string) bool {
	var hosts []string
	for _, s := range c.Servers() {
		for _, host := range s.Hosts {
			if strings.ContainsAny(host, "{*") {
				return nil
			}
			hosts = append(hosts, strings.ToLower((&url.URL{Host: host}).Hostname()))
		}
	}
	if len(hosts) == 0 {
		return nil
	}
	return func(host string) bool {
		ip := net.ParseIP(host)
		return slices.Contains(hosts, strings.ToLower(host)) || host == "localhost" || ip != nil && ip.IsLoopback()
	}
}

// run starts the command, waits for it, and sums up.
func (r *runner) run(ctx context.Context, ln net.Listener) error {
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	served := make(chan error, 1)
	go func() { served <- r.proxy.Serve(serving, ln) }()
	code, err := r.command(ctx)
	stop() // what the command left behind in the background has no proxy any more
	err = errors.Join(err, <-served, r.view.close())
	if err != nil {
		return inputf("", "%w", err)
	}
	r.sumUp()
	switch {
	case code != 0:
		return childError(code)
	case r.view.matches(r.flags.failOn):
		return errFound
	}
	return nil
}

// command runs the command and returns its exit code.
func (r *runner) command(ctx context.Context) (code int, err error) {
	cmd := exec.Command(r.args[0], r.args[1:]...)
	cmd.Env = r.made.Environ
	cmd.Stdin, cmd.Stdout, cmd.Stderr = r.app.Stdin, r.app.Stdout, r.app.Stderr
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	release := passSignals(ctx, cmd.Process)
	err = cmd.Wait()
	release()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return exitCodeOf(ended.ProcessState), nil
	}
	return 0, err
}

// programName is the command as messages name it.
func (r *runner) programName() string { return filepath.Base(r.args[0]) }
