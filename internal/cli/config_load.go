package cli

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"runtime"

	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/config"
)

// configSource says where the configuration is looked for; name, if not empty,
// is the only file.
func (a *app) configSource(name string) config.Source {
	s := config.Source{File: cmp.Or(name, a.flags.config, a.Getenv("FAULTLINE_CONFIG")), Dir: ".", Getenv: a.Getenv, Environ: os.Environ()}
	if user, err := a.folderOf(userFolder{
		xdg: "XDG_CONFIG_HOME", windows: "faultline", darwin: "Library/Application Support/faultline", other: ".config/faultline",
	}); err == nil {
		s.Further = append(s.Further, filepath.Join(user, "config.yaml"))
	}
	if system := a.systemConfig(); system != "" {
		s.Further = append(s.Further, system)
	}
	return s
}

// systemConfig is the file of the whole machine.
func (a *app) systemConfig() string {
	if runtime.GOOS == "windows" {
		if base := a.Getenv("ProgramData"); base != "" {
			return filepath.Join(base, "faultline", "config.yaml")
		}
		return ""
	}
	return "/etc/faultline/config.yaml"
}

// loadConfig reads the configuration. Its errors know file, line and column, and
// print with carets.
func (a *app) loadConfig(name string) (*config.Loaded, error) {
	l, err := config.Load(a.configSource(name))
	if err != nil {
		return nil, &failure{kind: kindConfig, err: err}
	}
	for _, file := range l.Files {
		a.detail("configuration %s is read", file)
	}
	for _, note := range l.Notes {
		a.warn("%s", note)
	}
	return l, nil
}

// loadContracts reads the contracts of all services. What cannot be read is told
// with the line that names it; all of them are told at once.
func (a *app) loadContracts(l *config.Loaded) (out [][]*contract.Contract, err error) {
	var errs []error
	for i := range l.Config.Services {
		s := &l.Config.Services[i]
		var all []*contract.Contract
		for n, name := range s.Contracts {
			c, err := a.loadContractStrictly(name, s.Strict)
			if err != nil {
				errs = append(errs, contractError(l, i, n, err))
				continue
			}
			all = append(all, c)
		}
		out = append(out, all)
	}
	if len(errs) == 1 {
		return nil, errs[0]
	}
	if len(errs) > 0 {
		return nil, &failure{kind: kindConfig, err: errors.Join(errs...)}
	}
	return out, nil
}

// contractError adds the line of the configuration to an error about a contract
// that has no line of its own.
func contractError(l *config.Loaded, service, n int, err error) error {
	var broken *contract.Error
	path := config.ContractPath(service, n)
	if errors.As(err, &broken) || l.Origin(path).Line == 0 {
		return err
	}
	return &failure{kind: kindConfig, err: l.Errorf(path, fixOf(err), "%s", err)}
}

// tellConflicts says what does not fit together although each file by itself is
// fine, and reports whether there was anything.
func (a *app) tellConflicts(l *config.Loaded, contracts [][]*contract.Contract) (found bool) {
	for i, all := range contracts {
		for _, text := range l.Conflicts(i, all) {
			a.warn("%s", text)
			found = true
		}
	}
	return found
}
