// Command faultline says why an HTTP API call failed, whose fault it was and
// how to fix it.
package main

import (
	"os"

	"github.com/faultline-http/faultline/internal/cli"
)

func main() { os.Exit(cli.Main(cli.System(), os.Args[1:]...)) }
