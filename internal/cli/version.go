package cli

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "which faultline this is",
		Example: "faultline version\nfaultline version --format json",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			if err := a.flags.check(formatText, formatJSON); err != nil {
				return err
			}
			return a.printVersion()
		},
	}
}

func (a *app) printVersion() error {
	return a.toOutput(func(w *output) error {
		if a.flags.format == formatJSON {
			return json.NewEncoder(w).Encode(readBuild())
		}
		_, err := fmt.Fprintln(w, versionLine())
		return err
	})
}

// build is what the binary knows of how it was made.
type build struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Modified bool   `json:"modified,omitempty"` // built with changes that were not committed
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func readBuild() build {
	b := build{Version: "unknown", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	b.Version = info.Main.Version
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Revision = s.Value
		case "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	if b.Version == "" || b.Version == "(devel)" {
		b.Version = "devel"
	}
	return b
}

func versionLine() string {
	b := readBuild()
	line := "faultline " + b.Version
	if len(b.Revision) >= 12 {
		line += " " + b.Revision[:12]
	}
	if b.Modified {
		line += " modified"
	}
	return line + " " + b.Go + " " + b.Platform
}
