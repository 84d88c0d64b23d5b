package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/faultline-http/faultline/internal/ca"
)

func (a *app) caCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "ca",
		Short:   "the local certificate authority, by which calls over TLS are looked into",
		Example: "faultline ca install --dry-run",
		Args:    a.noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usagef("`faultline ca install --dry-run` shows what would be done", "`%s` needs a command", cmd.CommandPath())
		},
	}
	commands := []*cobra.Command{a.caCreateCommand(), a.caInstallCommand(), a.caRemoveCommand(), a.caPrintCommand(), a.caPathCommand()}
	for i, c := range commands {
		if c.Annotations == nil {
			c.Annotations = map[string]string{}
		}
		c.Annotations[annotationOrder] = string(rune('a' + i))
		c.Flags().SortFlags = false
	}
	cmd.AddCommand(commands...)
	return cmd
}

func (a *app) caCreateCommand() *cobra.Command {
	var only []string
	var days int
	cmd := &cobra.Command{
		Use:   "create",
		Short: "make the authority, limited to some hosts if wanted",
		Long: `install and run make one for all hosts if there is none. With --only the certificate of the authority itself says
for which hosts it may sign, and clients hold it to that (name constraints, RFC 5280): who steals its key can play these
hosts and no others. A name includes the names below it. Calls to other hosts are then tunnelled, not looked into.`,
		Example: "faultline ca create --only api.example.com --only localhost\nfaultline ca create --days 30",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			if err := a.flags.check(formatText); err != nil {
				return err
			}
			return a.createCA(only, days)
		},
	}
	fs := cmd.Flags()
	fs.StringSliceVar(&only, "only", nil, "host that it may sign for, a name or an address; may be repeated")
	fs.IntVar(&days, "days", int(ca.DefaultValid/day), "for how long it is valid, at most "+fmt.Sprint(int(ca.MaxValid/day)))
	argName(fs, "only", "HOST")
	return cmd
}

const day = 24 * time.Hour

func (a *app) createCA(only []string, days int) error {
	if days < 1 || days > int(ca.MaxValid/day) {
		return usagef(fmt.Sprintf("1 to %d", int(ca.MaxValid/day)), "`--days %d`: for so long no authority is made", days)
	}
	folder, err := a.caFolder()
	if err != nil {
		return err
	}
	authority, err := ca.Create(folder, ca.Options{Only: only, Valid: time.Duration(days) * day})
	if errors.Is(err, ca.ErrExists) {
		return inputf("`faultline ca remove --delete`, then create it anew", "there is an authority already, in %s", folder)
	}
	if err != nil {
		return inputf("", "%w", err)
	}
	return a.toOutput(func(w *output) error {
		_, err := fmt.Fprintln(w, w.clean(aboutCA(authority, folder)))
		return err
	})
}

// aboutCA says what an authority is, in a few lines.
func aboutCA(authority *ca.Authority, folder string) string {
	hosts := "all hosts"
	if only := authority.Only(); len(only) > 0 {
		hosts = strings.Join(only, ", ") + " and no others"
	}
	return fmt.Sprintf("%s\nfor      %s\nuntil    %s\nfiles    %s (only this user can read them)\nsha-256  %s",
		authority.Name(), hosts, authority.Expires().UTC().Format(time.DateOnly), folder, authority.Fingerprint())
}

func (a *app) caPrintCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "print",
		Short: "the authority's certificate, PEM",
		Long:  "For programs and devices that install does not reach. The certificate is no secret; the key is never printed.",
		Example: "faultline ca print > faultline.pem\n" +
			"curl --cacert <(faultline ca print) --proxy http://127.0.0.1:8080 https://api.example.com/",
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if err := a.flags.check(formatText); err != nil {
				return err
			}
			authority, _, err := a.loadCA()
			if err != nil {
				return err
			}
			return a.toOutput(func(w *output) error {
				_, err := w.Write(authority.PEM())
				return err
			})
		},
	}
}

func (a *app) caPathCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "path",
		Short:   "the file that holds the authority's certificate",
		Example: "curl --cacert \"$(faultline ca path)\" --proxy http://127.0.0.1:8080 https://api.example.com/",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			if err := a.flags.check(formatText); err != nil {
				return err
			}
			_, folder, err := a.loadCA()
			if err != nil {
				return err
			}
			return a.toOutput(func(w *output) error {
				_, err := fmt.Fprintln(w, ca.CertPath(folder))
				return err
			})
		},
	}
}

// caFolder is where the authority is kept.
func (a *app) caFolder() (string, error) {
	data, err := a.dataFolder()
	if err != nil {
		return "", inputf("set XDG_DATA_HOME", "the authority has no place: %w", err)
	}
	return filepath.Join(data, "ca"), nil
}

// loadCA loads the authority that is there.
func (a *app) loadCA() (*ca.Authority, string, error) {
	folder, err := a.caFolder()
	if err != nil {
		return nil, "", err
	}
	authority, err := ca.Load(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", inputf("`faultline ca create` makes one; so do `faultline ca install` and `faultline run`", "there is no authority yet")
	}
	return authority, folder, a.badCA(err)
}

// openCA loads the authority, or makes it.
func (a *app) openCA() (*ca.Authority, string, error) {
	folder, err := a.caFolder()
	if err != nil {
		return nil, "", err
	}
	authority, err := ca.Open(folder)
	if err := a.badCA(err); err != nil {
		return nil, "", err
	}
	if left := authority.Expires().Sub(a.Now()); left < expiresSoon {
		a.warn("the local authority expires in %s; `faultline ca remove --delete`, then a new one is made", count(int(left/day), "day"))
	}
	return authority, folder, nil
}

// expiresSoon is when the end of the authority is worth a word.
const expiresSoon = 30 * day

// badCA says what to do about an authority that cannot be used.
func (a *app) badCA(err error) error {
	var expired *ca.ExpiredError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &expired):
		return inputf("`faultline ca remove --delete`, then a new one is made", "the local authority expired at %s", expired.At.UTC().Format(time.RFC3339))
	}
	return inputf("", "%w", err)
}
