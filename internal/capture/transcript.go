package capture

import (
	"errors"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// transcriptFormat is a piece of a terminal: curl commands without -v, and what
// they printed. The request is that of the command; a body alone does not say
// with which status it came. Commands with -v among them are read as traces.
func (o Options) transcriptFormat() Format {
	return Format{
		Name:   "terminal",
		About:  "curl commands and what they printed, as copied from a terminal",
		Sniff:  sniffTranscript,
		Decode: o.decodeTranscript,
	}
}

// A terminalBlock is a command and its output.
type terminalBlock struct {
	command, output string
	line            int
}

var (
	fence      = regexp.MustCompile("(?m)^[ \t]*(?:```|~~~)\\w*[ \t]*\r?\n?")
	anyPrompt  = regexp.MustCompile(`^[ \t]*(?:[\w.-]+@[\w.-]+[^\n$#%]*[$%#]|[$%❯➜]|(?:PS )?[A-Za-z]:\\[^\n>]*>)[ \t]*`)
	barePrompt = regexp.MustCompile(`^[ \t]*(?:[\w.-]+@[\w.-]+[^\n$#%]*[$%#]|[$%❯➜]|[A-Za-z]:\\[^\n>]*>)[ \t]*$`)
	jsonStart  = regexp.MustCompile(`^(?:\{\s*["}]|\[\s*[\[{"\]0-9])`)
)

func sniffTranscript(_ string, prefix []byte) bool {
	for _, b := range terminalBlocks(string(prefix)) {
		if out := strings.TrimSpace(withoutMeter(b.output)); out != "" && !sniffTrace("", []byte(out)) && isOutput(out) {
			return true
		}
	}
	return false
}

// isOutput tells what a server answered from the next line of a script.
func isOutput(text string) bool {
	line, _, _ := strings.Cut(text, "\n")
	return jsonStart.MatchString(text) || text[0] == '<' && markup.MatchString(text) || statusLine.MatchString(strings.TrimRight(line, "\r ")) ||
		len(strings.TrimSpace(text)) == 3 && statusWords.MatchString(strings.TrimSpace(text))
}

// terminalBlocks cuts a text at its curl commands. Only the first of them may
// lack a prompt: further down such a line is output as well as anything.
func terminalBlocks(text string) []terminalBlock {
	text = fence.ReplaceAllString(text, "")
	var blocks []terminalBlock
	var outputs []int // where the output of each begins
	budget := mostParsed
	c := newCursor(text)
	for !c.done() {
		start := c.at
		line := c.next()
		first := len(blocks) == 0 && command.MatchString(line)
		if first || anyPrompt.MatchString(line) && command.MatchString(line) {
			number := c.line - 1
			start += len(anyPrompt.FindString(line)) // cmd's has no space behind it
			end := commandEnd(text, start, &budget)
			c.skip(end - c.at)
			blocks = append(blocks, terminalBlock{command: text[start:end], line: number})
			outputs = append(outputs, c.at)
		}
		if len(blocks) > 0 {
			blocks[len(blocks)-1].output = text[outputs[len(outputs)-1]:c.at]
		}
		if len(blocks) > maxBlocks {
			break
		}
	}
	for i := range blocks {
		blocks[i].output = withoutPrompts(blocks[i].output)
	}
	return blocks
}

// withoutPrompts drops the prompt that waits below an output, and the line of
// the next command.
func withoutPrompts(text string) string {
	for text != "" {
		start := strings.LastIndexByte(strings.TrimRight(text, "\r\n"), '\n') + 1
		line := strings.TrimRight(text[start:], "\r\n")
		if line != "" && !barePrompt.MatchString(line) {
			return text
		}
		text = text[:start]
	}
	return text
}

// maxBlocks bounds the commands of one text.
const maxBlocks = 10_000

// mostParsed bounds the bytes that are parsed to find the ends of commands:
// with each line that may go on, a command is parsed again from its beginning.
const mostParsed = 4 << 20

// commandEnd returns where the command that starts there ends: at the first
// line that no backslash, caret or quote continues.
func commandEnd(text string, start int, budget *int) int {
	end := start
	for lines := 0; lines < maxCommandLines && end < len(text) && *budget > 0; lines++ {
		next := strings.IndexByte(text[end:], '\n')
		if next < 0 {
			return len(text)
		}
		end += next + 1
		script := strings.TrimRight(text[start:end], "\r\n \t")
		if strings.HasSuffix(script, `\`) || strings.HasSuffix(script, "^") {
			continue
		}
		*budget -= len(script)
		if commands, err := curlCommands(strings.TrimLeft(script, "# ")); err == nil && len(commands) > 0 {
			return end
		}
		if lines == 0 && !strings.Contains(script, "<<") && strings.Count(script, "'")%2 == 0 && strings.Count(script, `"`)%2 == 0 {
			return end // broken, and no quote goes on
		}
	}
	next := strings.IndexByte(text[start:], '\n')
	if next < 0 {
		return len(text)
	}
	return start + next + 1
}

func (o Options) decodeTranscript(r io.Reader) iter.Seq2[*faultline.Exchange, error] {
	return func(yield func(*faultline.Exchange, error) bool) {
		text, err := readText(r)
		if err != nil {
			yield(nil, err)
			return
		}
		number := 0
		for _, b := range terminalBlocks(strings.ReplaceAll(text, "\r\n", "\n")) {
			for ex, err := range o.terminalCalls(b) {
				if ex != nil {
					number++
					ex.ID = ordinal(number)
					beginsAt(ex, b.line)
				}
				if !yield(ex, err) {
					return
				}
			}
		}
		if number == 0 {
			yield(nil, errors.New("no curl command with its output in the text"))
		}
	}
}

// terminalCalls yields what became of one command.
func (o Options) terminalCalls(b terminalBlock) iter.Seq2[*faultline.Exchange, error] {
	if sniffTrace("", []byte(b.output)) {
		return o.decodeTrace(strings.NewReader(b.command + b.output))
	}
	return func(yield func(*faultline.Exchange, error) bool) {
		var last *faultline.Exchange
		for ex, err := range o.curlScript(b.command) {
			if err != nil {
				yield(nil, err)
				return
			}
			if last != nil && !yield(last, nil) {
				return
			}
			last = ex // the output is that of the last call
		}
		if last == nil {
			yield(nil, &RecordError{Line: b.line, Err: errors.New("no curl command on the line")})
			return
		}
		printed(last, b)
		yield(last, nil)
	}
}

// printed adds the answer that a command printed.
func printed(ex *faultline.Exchange, b terminalBlock) {
	out := strings.TrimSpace(withoutMeter(b.output))
	if out == "" {
		return // nothing was printed, or it was not copied
	}
	line, _, _ := strings.Cut(out, "\n")
	if statusLine.MatchString(strings.TrimRight(line, " ")) {
		p := &pairing{}
		for c := newCursor(out); !c.done(); c.skipBlank() {
			if p.message(c) != nil {
				break
			}
		}
		if answer := p.flush(); answer != nil && answer.Response != nil {
			ex.Response = answer.Response
			for _, hop := range answer.Hops {
				ex.Hops = append(ex.Hops, faultline.Hop{Request: ex.Request, Response: hop.Response})
			}
		}
		return
	}
	ex.Unseen |= faultline.UnseenResponseHeader
	answer := &faultline.Response{}
	ex.Response = answer
	if strings.Contains(b.command, "http_code}") || strings.Contains(b.command, "response_code}") {
		if n, err := strconv.Atoi(out[max(0, len(out)-3):]); err == nil && n >= 100 && n < 600 {
			answer.Status, out = n, strings.TrimSpace(out[:len(out)-3])
		}
	}
	if out == "" {
		ex.Unseen |= faultline.UnseenResponseBody
		return
	}
	answer.Body = faultline.NewBody([]byte(out))
	if answer.Status != 0 {
		return
	}
	if answer.Status = statusIn(out); answer.Status != 0 {
		addNotices(ex, "the status is the one that the body names: `curl -i` shows it")
		return
	}
	ex.Unseen |= faultline.UnseenStatus
	addNotices(ex, "curl does not print the status: `curl -i` shows it")
}

// withoutMeter takes the progress meter out.
func withoutMeter(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		bare := strings.TrimRight(line, "\r\n")
		if meterHead.MatchString(bare) {
			continue
		}
		if cut := meter.ReplaceAllString(bare, ""); cut != bare {
			if cut = strings.TrimLeft(cut, "\r"); cut != "" {
				out.WriteString(cut + "\n")
			}
			continue
		}
		out.WriteString(line)
	}
	return out.String()
}
