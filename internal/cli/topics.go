package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// A topic is a help page that belongs to no command.
type topic struct{ name, short, text string }

var topics = []topic{
	{"exit-codes", "what the exit code means", `exit codes

  0  nothing found: every call is well, or the command had nothing to judge
  1  something found: at least one call failed or breaks the contract
  2  could not do it

  What the code 2 was is told by the message and, with --format json or ndjson, by error.kind on stderr:

    {"error":{"kind":"usage","message":"…","fix":"…"}}

    usage     the command line
    input     a file, standard input, an address or a port
    contract  the API description
    config    the configuration: faultline.yaml, FAULTLINE_*
    internal  a bug of ours

  A file of which a part could not be read ends with 2, after everything that could be read was explained.
  run ends with the code of its command, or 1 if that was 0 and --fail-on matched; 2 if it could not be started.
  demo and proxy end with 0 on Ctrl-C. The format never changes the exit code.
`},
	{"environment", "variables that are looked at", `environment

  NO_COLOR         set and not empty: no colour
  CLICOLOR_FORCE   set and not 0: colour on pipes too; FORCE_COLOR is the same
  TERM             dumb: no colour
  LC_ALL, LC_CTYPE, LANG
                   the first that is set decides: without UTF-8 in it, ASCII characters only
  ACCESSIBLE       1: lines are only added, never drawn again
  XDG_STATE_HOME   demo and run keep failed calls in faultline/ below it (default ~/.local/state; on macOS
                   ~/Library/Application Support, on Windows %LocalAppData%)
  FAULTLINE_CONFIG the configuration, as --config
  FAULTLINE_…      each key of the configuration: FAULTLINE_LIMITS_GRACE=10s; docs/config.md lists them
  XDG_DATA_HOME    the local certificate authority is in faultline/ca below it (default ~/.local/share; on macOS and
                   Windows as above)
  FAULTLINE_CACHE  folder for compiled contracts, or off (default: faultline/ below XDG_CACHE_HOME, which is
                   ~/.cache; on macOS ~/Library/Caches, on Windows %LocalAppData%)

  A flag wins over a variable: --color, --ascii.
`},
	{"formats", "what is read and what is written", `formats that are read; which one it is shows in the bytes, not in the name

  exchange/1    one call a line, JSON: {"id":"x","request":{"method","url","headers":[["Name","value"]],"body"},
                "response":{"status","headers","body"},"context":{"received_at","duration_ms","error"}}
  HAR           what browsers and many tools save
  curl command  curl -X POST … : a request without an answer
  curl -v       the trace that curl writes to stderr: curl -v … 2>&1 | faultline explain -
  raw HTTP      a request, then its answer after an empty line; malformed ones are explained byte by byte
  .http         request files of editors
  Postman       collections 2.0 and 2.1, with their saved answers; the log of its console; newman
  PowerShell    Invoke-RestMethod and Invoke-WebRequest
  terminal      curl commands and what they printed; HTTPie, xh, wget
  client error  exceptions and logs of Python, Node.js (axios), Java, .NET, Ruby, PHP, Rust, Swift, Dart, Go
  browser       console messages about CORS and failed calls: Chrome, Firefox, Safari
  access log    nginx, Apache, Kong, Traefik, Envoy, Istio, HAProxy, Amazon's load balancer, JSON
  a piece       a JSON Web Token, a status (404), or the body of an error, alone

formats that are written, with --format

  text          for people
  json          one document
  ndjson        one diagnosis/1 a line, flushed each
  markdown      for issues and chats
  sarif         SARIF 2.1.0, for code scanning
  junit         test results for CI
  github        annotations, log and summary of a GitHub Actions job

  A diagnosis/1 carries "schema":"diagnosis/1". Fields are added to it, never renamed or removed.
`},
}

// helpCommand is `faultline help [COMMAND|TOPIC]`.
func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND|TOPIC]",
		Short:   "help for a command or a topic",
		Example: "faultline help explain\nfaultline help exit-codes",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return helpNames(cmd.Root()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.help(cmd.Root(), args) },
	}
}

func (a *app) help(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return root.Help()
	}
	for _, t := range topics {
		if t.name == args[0] {
			s := a.screen(a.Stdout)
			_, err := io.WriteString(a.Stdout, s.headings(s.clean(t.text)))
			return err
		}
	}
	if cmd, rest, err := root.Find(args); err == nil && cmd != root && len(rest) == 0 {
		return cmd.Help()
	}
	fix := "`faultline help` lists commands and topics"
	if near := nearest(args[0], helpNames(root)); near != "" {
		fix = "`faultline help " + near + "`"
	}
	return usagef(fix, "no help on `%s`", strings.Join(args, " "))
}

func helpNames(root *cobra.Command) []string {
	var out []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			out = append(out, c.Name())
		}
	}
	for _, t := range topics {
		out = append(out, t.name)
	}
	return out
}
