package cli

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline/internal/config"
)

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "config",
		Short:   "faultline.yaml: check it, show what holds, its JSON Schema",
		Example: "faultline config check\nfaultline config show --origin",
		Args:    a.noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usagef("`faultline config check`, or `show`, `path`, `schema`", "`%s` needs a command", cmd.CommandPath())
		},
	}
	cmd.AddCommand(a.configCheckCommand(), a.configShowCommand(), a.configPathCommand(), a.configSchemaCommand())
	return cmd
}

func (a *app) configCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check [FILE]",
		Short: "find every mistake in the configuration and its contracts, without starting anything",
		Long: "Without FILE it is the configuration that `faultline proxy` would read here. Contracts are loaded, and it is told where\n" +
			"two of them describe the same requests.",
		Example:     "faultline config check\nfaultline config check deploy/faultline.yaml --format json",
		Args:        atMostOne("configuration"),
		Annotations: exits(exitsWithFindings),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := a.flags.check(formatText, formatJSON); err != nil {
				return err
			}
			return a.checkConfig(first(args))
		},
	}
}

func (a *app) checkConfig(name string) error {
	l, err := a.loadConfig(name)
	if err != nil {
		return a.foundWrong(err)
	}
	contracts, err := a.loadContracts(l)
	if err != nil {
		return a.foundWrong(err)
	}
	if a.tellConflicts(l, contracts) {
		return errFound
	}
	if len(l.Config.Services) == 0 && !l.Config.Forward.Enabled {
		a.notice("no service and no forward proxy is configured")
	}
	return a.toOutput(func(w *output) error {
		if a.flags.format == formatJSON {
			return writeJSON(w, map[string]any{"files": files(l), "services": len(l.Config.Services)})
		}
		_, err := io.WriteString(w, w.clean(wellMade(l))+"\n")
		return err
	})
}

// foundWrong turns an error about what the configuration says into something
// found; one about a file that cannot be read stays what it is.
func (a *app) foundWrong(err error) error {
	if len(detailed(err)) == 0 {
		return err
	}
	a.printError(err)
	return errFound
}

func wellMade(l *config.Loaded) string {
	if len(l.Files) == 0 {
		return "no configuration file: the defaults hold"
	}
	var text strings.Builder
	text.WriteString(l.Files[0])
	for _, name := range l.Files[1:] {
		text.WriteString(", " + name)
	}
	return text.String() + ": " + count(len(l.Config.Services), "service") + ", nothing wrong"
}

func (a *app) configShowCommand() *cobra.Command {
	var origin bool
	cmd := &cobra.Command{
		Use:   "show [FILE]",
		Short: "what holds: files, variables and defaults put together",
		Long:  "The output is a configuration itself. Secrets are shown as what they come from.",
		Example: "faultline config show --origin\n" +
			"faultline config show --format json | jq '.settings[] | select(.origin != \"default\")'",
		Args: atMostOne("configuration"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := a.flags.check(formatText, formatJSON); err != nil {
				return err
			}
			l, err := a.loadConfig(first(args))
			if err != nil {
				return err
			}
			return a.toOutput(func(w *output) error {
				if a.flags.format == formatJSON {
					return writeJSON(w, map[string]any{"files": files(l), "settings": l.Settings()})
				}
				_, err := io.WriteString(w, w.clean(l.YAML(origin)))
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&origin, "origin", false, "say behind each value which line, variable or default it comes from")
	return cmd
}

func (a *app) configPathCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "path",
		Short:   "the files that are read, those that go before others first",
		Example: "faultline config path",
		Args:    noArguments,
		RunE: func(_ *cobra.Command, _ []string) error {
			if err := a.flags.check(formatText, formatJSON); err != nil {
				return err
			}
			source := a.configSource("")
			names := source.Files()
			return a.toOutput(func(w *output) error {
				if a.flags.format == formatJSON {
					return writeJSON(w, map[string]any{"files": append([]string{}, names...)})
				}
				if len(names) == 0 {
					a.notice("no configuration file is found; looked for %s here and above, then %s", config.Name, quoted(source.Further))
				}
				for _, name := range names {
					if _, err := io.WriteString(w, w.clean(name)+"\n"); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

func (a *app) configSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "the JSON Schema of faultline.yaml, for editors",
		Long: "Editors with the YAML language server use it if the file's first line is\n\n" +
			"  # yaml-language-server: $schema=faultline.schema.json",
		Example: "faultline config schema > faultline.schema.json",
		Args:    noArguments,
		RunE: func(_ *cobra.Command, _ []string) error {
			if err := a.flags.check(formatText, formatJSON); err != nil {
				return err
			}
			return a.toOutput(func(w *output) error {
				_, err := w.Write(config.Schema())
				return err
			})
		},
	}
}

func files(l *config.Loaded) []string { return append([]string{}, l.Files...) }

func writeJSON(w *output, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// atMostOne refuses more than one argument.
func atMostOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return usagef("one "+what+" at a time", "`%s` got %d files", cmd.CommandPath(), len(args))
		}
		return nil
	}
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
