package cli

import (
	"path/filepath"
	"slices"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/diagnose"
)

// engines gives each exchange the engine that knows its contract: that of
// --contract for all, else the one that the exchange names itself, looked up in
// --contract-dir, else one without a contract.
type engines struct {
	app    *app
	folder string
	shared *diagnose.Engine // of --contract; nil: none
	none   *diagnose.Engine
	also   []diagnose.Option // of each engine
	byName map[string]*diagnose.Engine
}

// labelContract is where a reader puts the name of the contract that an
// exchange carries.
const labelContract = "contract"

func (a *app) newEngines(shared *contract.Contract, folder string, also ...diagnose.Option) *engines {
	e := &engines{app: a, folder: folder, none: diagnose.New(also...), also: also, byName: map[string]*diagnose.Engine{}}
	if shared != nil {
		e.shared = e.with(shared)
	}
	return e
}

func (e *engines) with(c *contract.Contract) *diagnose.Engine {
	return diagnose.New(append(slices.Clip(e.also), diagnose.WithContract(c))...)
}

func (e *engines) of(ex *faultline.Exchange) *diagnose.Engine {
	name := ex.Labels[labelContract]
	switch {
	case e.shared != nil:
		return e.shared
	case name == "":
		return e.none
	}
	engine, known := e.byName[name]
	if !known {
		engine = e.load(name)
		e.byName[name] = engine
	}
	return engine
}

// load reads a contract by the name that an exchange gives. A contract that
// cannot be had is said once, and its calls are diagnosed without it.
func (e *engines) load(name string) *diagnose.Engine {
	if e.folder == "" {
		e.app.detail("the contract %s is named by a call; --contract-dir says where it is", name)
		return e.none
	}
	if !filepath.IsLocal(name) {
		e.app.warn("the contract name %q leads out of %s; its calls are judged without it", name, e.folder)
		return e.none
	}
	c, err := e.app.loadContract(filepath.Join(e.folder, name))
	if err != nil {
		e.app.warn("%v\nits calls are judged without it", err)
		return e.none
	}
	return e.with(c)
}
