package capture

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"regexp"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// curlFormat is curl command lines: one, or a script that holds some. They are
// read as the shell and curl would read them, and never run. The exchanges
// have no response.
func (o Options) curlFormat() Format {
	return Format{
		Name:   "curl",
		About:  "curl command lines, in the syntax of bash or of Windows cmd",
		Sniff:  sniffCurl,
		Decode: o.decodeCurl,
	}
}

// curlLine finds a line on which a curl command starts, maybe behind a prompt,
// an assignment, or another program that starts it.
var curlLine = regexp.MustCompile(`(?m)^[ \t]*(?:[$%>❯➜] +)?(?:[A-Za-z_][A-Za-z0-9_]*=\S* +|(?:sudo|time|command|exec|env) +|.*[|;&(] *)*(?:\S*/)?curl(?:\.exe)?[ \t]`)

func sniffCurl(name string, prefix []byte) bool {
	if curlLine.Match(prefix) || looksLikePowerShell(string(prefix)) {
		return true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".curl":
		return true
	case ".sh", ".bash":
		return strings.Contains(string(prefix), "curl")
	}
	return false
}

// prompt is what a terminal shows in front of a command.
var prompt = regexp.MustCompile(`(?m)^[ \t]*(?:[\w.-]+@[\w.-]+[^\n$#%]*[$%#]|[$%❯➜]|[A-Za-z]:\\[^\n>]*>) +`)

func (o Options) decodeCurl(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		script, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		number, failed := 0, false
		for ex, err := range o.curlScript(script) {
			failed = failed || err != nil
			if ex != nil {
				number++
				ex.ID = ordinal(number)
			}
			if !yield(ex, err) {
				return
			}
		}
		if number == 0 && !failed {
			yield(nil, errors.New("no curl command in the text"))
		}
	}
}

func (o Options) curlScript(script string) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		commands, err := curlCommands(script)
		var last *faultline.Exchange
		emit := func(ex *faultline.Exchange, err error) bool {
			if last != nil {
				if !yield(last, nil) {
					return false
				}
				last = nil
			}
			if err != nil {
				return yield(nil, err)
			}
			last = ex // held back: the next line may explain what is wrong with it
			return true
		}
		for _, cmd := range commands {
			if strings.HasPrefix(cmd.args[0], "-") {
				if last != nil {
					addNotices(last, fmt.Sprintf("line %d starts with `%s`, which the shell takes as a new command: is a space behind the backslash of the line above",
						cmd.line, maskArgument(cmd.args[0])))
				}
				continue
			}
			exchanges, err := curlExchanges(cmd, o.Files)
			if err != nil {
				if !emit(nil, &RecordError{Line: cmd.line, Err: err}) {
					return
				}
				continue
			}
			for _, ex := range exchanges {
				beginsAt(ex, cmd.line)
				if !emit(ex, nil) {
					return
				}
			}
		}
		emit(nil, err)
	}
}

// curlCommands returns the curl commands of a script, each with the word curl
// first, and the commands that are the rest of a broken one.
func curlCommands(script string) ([]shellCommand, error) {
	if looksLikePowerShell(script) {
		return nil, errors.New("PowerShell's own curl is not read: copy the request as cURL (bash), as cURL (cmd), as PowerShell, or as HAR")
	}
	if strings.Count(script, "\n") == strings.Count(script, "\r\n") {
		// A whole file with line ends of Windows: they are the editor's, not the request's.
		script = strings.ReplaceAll(script, "\r\n", "\n")
	}
	script = prompt.ReplaceAllString(script, "")
	all, err := []shellCommand(nil), error(nil)
	if looksLikeCmd(script) {
		all = cmdCommands(script)
	} else {
		all, err = shellCommands(script)
	}
	commands := all[:0]
	for _, cmd := range all {
		if at := curlWord(cmd.args); at >= 0 {
			cmd.args = cmd.args[at:]
			commands = append(commands, cmd)
		} else if strings.HasPrefix(cmd.args[0], "-") {
			commands = append(commands, cmd)
		}
	}
	return commands, err
}

// launchers are programs that run the command behind them.
var launchers = map[string]bool{
	"sudo": true, "time": true, "command": true, "exec": true, "env": true, "nohup": true, "timeout": true, "xargs": true, "watch": true, "nice": true,
}

// curlWord returns the index of the word curl, or -1 if this is no curl command.
func curlWord(args []string) int {
	if isCurl(args[0]) {
		return 0
	}
	if !launchers[path.Base(args[0])] {
		return -1
	}
	for i, a := range args {
		if isCurl(a) {
			return i
		}
	}
	return -1
}

func isCurl(word string) bool {
	base := path.Base(strings.ReplaceAll(word, `\`, "/"))
	return base == "curl" || strings.EqualFold(base, "curl.exe")
}
