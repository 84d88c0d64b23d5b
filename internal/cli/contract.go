package cli

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline/contract"
)

func (a *app) contractCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "contract",
		Short:   "what an API description promises",
		Example: "faultline contract routes openapi.yaml",
		Args:    a.noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usagef("`faultline contract routes FILE`", "`%s` needs a command", cmd.CommandPath())
		},
	}
	cmd.AddCommand(a.routesCommand(), a.lintCommand())
	return cmd
}

func (a *app) routesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "routes FILE",
		Short: "the operations, and which of them cannot be judged",
		Long: "An operation that uses something which is not supported is unverified: its calls are never called valid.\n" +
			"FILE may also be given with --contract.",
		Example: "faultline contract routes openapi.yaml\n" +
			"faultline contract routes openapi.yaml --format json | jq '.operations[] | select(.unverified)'",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("one file at a time", "`%s` got %d files", cmd.CommandPath(), len(args))
			}
			if len(args) == 0 && a.flags.contract == "" {
				return usagef("`"+cmd.CommandPath()+" openapi.yaml`", "`%s` needs a file", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := a.flags.check(formatText, formatJSON); err != nil {
				return err
			}
			name := a.flags.contract
			if len(args) == 1 {
				name = args[0]
			}
			c, err := a.loadContract(name)
			if err != nil {
				return err
			}
			return a.toOutput(func(w *output) error {
				if a.flags.format == formatJSON {
					return routesJSON(w, c)
				}
				return routesText(w, c)
			})
		},
	}
}

// route is one operation in the JSON that `contract routes` prints.
type route struct {
	Method      string  `json:"method"`
	Path        string  `json:"path"`
	OperationID string  `json:"operationId"`
	Unverified  *string `json:"unverified"` // why; null if it can be judged
}

func routes(c *contract.Contract) []route {
	out := []route{}
	for op := range c.Operations() {
		r := route{Method: op.Method, Path: op.Template, OperationID: op.ID}
		if why := op.Unverified(); why != "" {
			r.Unverified = &why
		}
		out = append(out, r)
	}
	return out
}

func routesJSON(w *output, c *contract.Contract) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string][]route{"operations": routes(c)})
}

func routesText(w *output, c *contract.Contract) error {
	all := routes(c)
	path, unverified := 0, 0
	for _, r := range all {
		path = max(path, len(r.Path))
		if r.Unverified != nil {
			unverified++
		}
	}
	path = min(path, mostPath)
	for _, r := range all {
		line := fmt.Sprintf("%-7s %-*s  %s", r.Method, path, r.Path, r.OperationID)
		if r.Unverified != nil {
			line += "  unverified: " + *r.Unverified
		}
		if _, err := fmt.Fprintln(w, w.clean(line)); err != nil {
			return err
		}
	}
	tail := fmt.Sprintf("%s · %s", title(c), count(len(all), "operation"))
	if unverified > 0 {
		tail += fmt.Sprintf(" · %d unverified", unverified)
	}
	_, err := fmt.Fprintln(w, w.clean(tail))
	return err
}

// mostPath is how far one long path may push the second column.
const mostPath = 60
