package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

var parties = []faultline.Party{faultline.Client, faultline.Server, faultline.Gateway, faultline.Network, faultline.Environment}

func (a *app) causesCommand() *cobra.Command {
	var party string
	cmd := &cobra.Command{
		Use:   "causes [WORD]...",
		Short: "what can go wrong: the catalogue, searchable",
		Long: "WORDs are looked for in name, title and page; a cause is listed when it has all of them.\n" +
			"`faultline explain CAUSE` shows the page of one.",
		Example:           "faultline causes\nfaultline causes token clock\nfaultline causes --party gateway --format json",
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(_ *cobra.Command, words []string) error {
			if err := a.flags.check(formatText, formatJSON, formatNDJSON, formatMarkdown); err != nil {
				return err
			}
			if party != "" && !slices.Contains(parties, faultline.Party(party)) {
				return badChoice("--party", party, partyNames())
			}
			found, err := searchCauses(faultline.Party(party), words)
			if err != nil {
				return err
			}
			if len(found) == 0 {
				a.notice("no cause has %s", quoted(words))
			}
			return a.toOutput(func(w *output) error { return a.writeCauses(w, found) })
		},
	}
	cmd.Flags().StringVar(&party, "party", "", "only causes of client, server, gateway, network or environment")
	argName(cmd.Flags(), "party", "PARTY")
	completes(cmd, "party", partyNames()...)
	return cmd
}

func partyNames() []string {
	out := make([]string, len(parties))
	for i, p := range parties {
		out[i] = string(p)
	}
	return out
}

func quoted(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = "`" + w + "`"
	}
	return strings.Join(out, " and ")
}

// searchCauses returns the causes of a party (any, if empty) that have all
// words, without regard to case.
func searchCauses(party faultline.Party, words []string) ([]causes.Rule, error) {
	var out []causes.Rule
	for _, r := range causes.All() {
		if party != "" && r.Party != party {
			continue
		}
		page, err := causes.PageOf(r.Slug)
		if err != nil {
			return nil, fmt.Errorf("cause %s: %w", r.Slug, err)
		}
		text := strings.ToLower(string(r.Slug) + "\n" + r.Title + "\n" + page.Body)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, strings.ToLower(w)) }) {
			out = append(out, r)
		}
	}
	return out, nil
}

// causeJSON is one cause for programs.
type causeJSON struct {
	Cause    faultline.Slug  `json:"cause"`
	Party    faultline.Party `json:"party"`
	Title    string          `json:"title"`
	Statuses []int           `json:"statuses"`
}

func (a *app) writeCauses(w *output, found []causes.Rule) error {
	list := make([]causeJSON, len(found))
	for i, r := range found {
		list[i] = causeJSON{r.Slug, r.Party, r.Title, append([]int{}, r.Statuses...)}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	switch a.flags.format {
	case formatJSON:
		enc.SetIndent("", "  ")
		return enc.Encode(map[string][]causeJSON{"causes": list})
	case formatNDJSON:
		for _, c := range list {
			if err := enc.Encode(c); err != nil {
				return err
			}
		}
		return nil
	case formatMarkdown:
		return causesMarkdown(w, list)
	}
	return causesText(w, list)
}

func causesText(w *output, list []causeJSON) error {
	longest := 0
	for _, c := range list {
		longest = max(longest, len(c.Cause))
	}
	for _, c := range list {
		if _, err := fmt.Fprintf(w, "%-*s  %-11s  %s\n", longest, c.Cause, c.Party, w.clean(c.Title)); err != nil {
			return err
		}
	}
	return nil
}

func causesMarkdown(w *output, list []causeJSON) error {
	fmt.Fprint(w, "| cause | who | what |\n| --- | --- | --- |\n")
	for _, c := range list {
		if _, err := fmt.Fprintf(w, "| `%s` | %s | %s |\n", c.Cause, c.Party, c.Title); err != nil {
			return err
		}
	}
	return nil
}
