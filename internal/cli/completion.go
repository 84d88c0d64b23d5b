package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline/causes"
)

var shells = []string{"bash", "zsh", "fish", "pwsh"}

func (a *app) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use:       "completion SHELL",
		Short:     "the completion script for bash, zsh, fish or pwsh",
		ValidArgs: shells,
		Example: "source <(faultline completion bash)\n" +
			"faultline completion zsh > \"${fpath[1]}/_faultline\"\n" +
			"faultline completion fish > ~/.config/fish/completions/faultline.fish\n" +
			"faultline completion pwsh | Out-String | Invoke-Expression",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("one of bash, zsh, fish, pwsh", "`faultline completion` needs the name of one shell")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.flags.check(); err != nil {
				return err
			}
			return a.toOutput(func(w *output) error { return writeCompletion(w, cmd.Root(), args[0]) })
		},
	}
}

func writeCompletion(w *output, root *cobra.Command, shell string) error {
	const withDescriptions = true
	switch shell {
	case "bash":
		return root.GenBashCompletionV2(w, withDescriptions)
	case "zsh":
		return root.GenZshCompletion(w)
	case "fish":
		return root.GenFishCompletion(w, withDescriptions)
	case "pwsh", "powershell":
		return root.GenPowerShellCompletionWithDesc(w)
	}
	return badChoice("faultline completion", shell, shells)
}

// completes offers fixed values for a flag.
func completes(cmd *cobra.Command, flag string, values ...string) {
	offer := cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc(flag, offer); err != nil {
		panic(err) // a flag that is completed and not declared
	}
}

// causeNames are the slugs of the catalogue, with their titles for the shells
// that show them.
func causeNames() []string {
	var out []string
	for _, r := range causes.All() {
		out = append(out, cobra.CompletionWithDesc(string(r.Slug), r.Title))
	}
	slices.Sort(out)
	return out
}
