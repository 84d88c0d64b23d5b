package childenv

import (
	_ "embed"
	"strings"
)

// preload sends the calls of Node through the proxy: of all agents, and in
// versions that read no proxy variables at all.
//
//go:embed preload.cjs
var preload []byte

// setNode names the file that is loaded ahead of the program. The other variable
// is for programs that start Node with options of their own: from 24 on it reads
// the proxy variables if it is told to.
func (e *environment) setNode(folder string) error {
	file, err := writeFile(folder, "node.cjs", preload)
	if err != nil {
		return err
	}
	e.set("NODE_USE_ENV_PROXY", "1")
	options := "--require " + quoteNode(file)
	if own := e.get("NODE_OPTIONS"); own != "" {
		options = own + " " + options
	}
	e.set("NODE_OPTIONS", options)
	return nil
}

// quoteNode quotes as NODE_OPTIONS asks for: double quotes, and backslashes
// before quotes and backslashes in them.
func quoteNode(path string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(path) + `"`
}
