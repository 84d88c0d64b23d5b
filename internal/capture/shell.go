package capture

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"
)

// A shellCommand is one command of a script, as far as it can be known without
// running it: variables and command substitutions stay in it as their text.
type shellCommand struct {
	args     []string
	line     int
	stdin    *string // what is written to its standard input, if the script says so
	stdinRef string  // or the name of the file it is read from
	notices  []string
}

// maxSyntax bounds the bytes of one statement that may open something. The
// parser of the shell works by recursion, five kilobytes of stack a level in
// the worst case, and nobody can catch a stack that overflows. Linux refuses an
// argument of more than 128 KiB, and JSON of that length stays below this.
const maxSyntax = 50_000

// shellCommands returns the curl commands of a script in the order in which
// they are written, and the commands that begin with an option: the rest of a
// broken one. Those inside pipes, loops, functions and substitutions are
// among them. With an error come the commands in front of the place.
func shellCommands(script string) ([]shellCommand, error) {
	s := &shellReader{src: script, vars: map[string]string{}}
	source := &boundedSource{text: script}
	parser := syntax.NewParser(syntax.KeepComments(false), syntax.Variant(syntax.LangBash))
	var failed error
	for stmt, err := range parser.StmtsSeq(source) {
		switch {
		case failed != nil: // the sequence goes on for a step when its consumer leaves, so nobody may leave
		case source.exceeded:
			failed = &RecordError{Line: source.line(), Err: fmt.Errorf("shell: more than %d operators in one statement", maxSyntax)}
		case err != nil:
			failed = shellError(err)
		default:
			s.statement(stmt)
			source.opened = 0
		}
	}
	return s.commands, failed
}

// boundedSource hands a script to the parser in small pieces and counts what
// could open a level of recursion. Quotes are ignored: it counts too much,
// never too little.
type boundedSource struct {
	text     string
	at       int
	word     int // where the present word starts
	opened   int // since the last statement
	exceeded bool
}

var errSyntaxLimit = errors.New("too much syntax")

func (b *boundedSource) Read(p []byte) (int, error) {
	if b.at == len(b.text) {
		return 0, io.EOF
	}
	n := copy(p, b.text[b.at:])
	for i := b.at; i < b.at+n; i++ {
		c := b.text[i]
		if 'a' <= c && c <= 'z' {
			continue
		}
		if opensLevel(c) || keyword(b.text[b.word:i]) {
			b.opened++
		}
		b.word = i + 1
	}
	b.at += n
	if b.opened > maxSyntax {
		b.exceeded = true
		return 0, errSyntaxLimit
	}
	return n, nil
}

func (b *boundedSource) line() int { return 1 + strings.Count(b.text[:b.at], "\n") }

// opensLevel lists brackets, and the unary and right-binding operators of
// shell arithmetic.
func opensLevel(c byte) bool {
	switch c {
	case '(', '{', '[', '`', '$', '!', '~', '-', '+', '?', '=', '*', '<', '>', '|', '&':
		return true
	}
	return false
}

func keyword(word string) bool {
	switch word {
	case "if", "then", "elif", "else", "while", "until", "for", "select", "case", "do", "time", "function", "coproc", "let":
		return true
	}
	return false
}

func shellError(err error) error {
	var parse syntax.ParseError
	if errors.As(err, &parse) {
		return &RecordError{Line: int(parse.Pos.Line()), Err: fmt.Errorf("shell, column %d: %s", parse.Pos.Col(), bounded(parse.Text))}
	}
	var lang syntax.LangError
	if errors.As(err, &lang) {
		return &RecordError{Line: int(lang.Pos.Line()), Err: fmt.Errorf("shell, column %d: %s is not bash", lang.Pos.Col(), lang.Feature)}
	}
	return err
}

// bounded cuts the words of the shell parser, which quote a here-document's
// delimiter as a whole.
func bounded(text string) string {
	const most = 200
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

type shellReader struct {
	src      string
	vars     map[string]string // assigned earlier in the script itself, never from the environment
	commands []shellCommand
	notices  []string // of the command being read
}

func (s *shellReader) statement(stmt *syntax.Stmt) {
	switch cmd := stmt.Cmd.(type) {
	case *syntax.CallExpr:
		s.call(cmd, stmt.Redirs, nil)
	case *syntax.BinaryCmd:
		s.binary(cmd)
	case *syntax.DeclClause: // export TOKEN=…
		for _, a := range cmd.Args {
			s.assign(a)
		}
	case nil:
	default:
		syntax.Walk(cmd, func(n syntax.Node) bool {
			inner, ok := n.(*syntax.Stmt)
			if ok {
				s.statement(inner)
			}
			return !ok
		})
	}
}

func (s *shellReader) binary(cmd *syntax.BinaryCmd) {
	s.statement(cmd.X)
	right, isCall := cmd.Y.Cmd.(*syntax.CallExpr)
	if cmd.Op != syntax.Pipe && cmd.Op != syntax.PipeAll || !isCall {
		s.statement(cmd.Y)
		return
	}
	s.call(right, cmd.Y.Redirs, s.output(cmd.X))
}

// output returns what a command writes if that is plain from its text.
func (s *shellReader) output(stmt *syntax.Stmt) *string {
	call, ok := stmt.Cmd.(*syntax.CallExpr)
	if !ok || len(call.Args) == 0 {
		return nil
	}
	var words []string
	for _, w := range call.Args {
		words = append(words, s.word(w))
	}
	var out string
	switch {
	case words[0] == "echo" && len(words) > 1 && words[1] == "-n":
		out = strings.Join(words[2:], " ")
	case words[0] == "echo":
		out = strings.Join(words[1:], " ") + "\n"
	case words[0] == "printf" && len(words) == 3 && (words[1] == "%s" || words[1] == `%s\n`):
		out = words[2] + strings.Repeat("\n", strings.Count(words[1], `\n`))
	case words[0] == "printf" && len(words) == 2 && !strings.ContainsAny(words[1], `%\`):
		out = words[1]
	case words[0] == "cat" && len(words) == 1:
		stdin, _ := s.redirects(stmt.Redirs)
		return stdin
	default:
		return nil
	}
	return &out
}

func (s *shellReader) call(call *syntax.CallExpr, redirects []*syntax.Redirect, piped *string) {
	if len(call.Args) == 0 {
		for _, a := range call.Assigns {
			s.assign(a)
		}
		return
	}
	s.notices = nil
	cmd := shellCommand{line: int(call.Args[0].Pos().Line()), stdin: piped}
	for _, w := range call.Args {
		cmd.args = append(cmd.args, s.word(w))
	}
	if stdin, name := s.redirects(redirects); stdin != nil || name != "" {
		cmd.stdin, cmd.stdinRef = stdin, name
	}
	cmd.notices = s.notices
	if curlWord(cmd.args) >= 0 || strings.HasPrefix(cmd.args[0], "-") {
		s.commands = append(s.commands, cmd)
	}
	for _, w := range call.Args {
		s.substitutions(w)
	}
}

// substitutions finds the commands inside $(…) of a word.
func (s *shellReader) substitutions(w *syntax.Word) {
	syntax.Walk(w, func(n syntax.Node) bool {
		inner, ok := n.(*syntax.Stmt)
		if ok {
			s.statement(inner)
		}
		return !ok
	})
}

// assign remembers a value that the script itself gives to a variable.
func (s *shellReader) assign(a *syntax.Assign) {
	if a.Name == nil || a.Naked || a.Append || a.Array != nil || a.Index != nil {
		return
	}
	value := ""
	if a.Value != nil {
		value = s.word(a.Value)
		s.substitutions(a.Value)
	}
	if len(value) <= maxVariable {
		s.vars[a.Name.Value] = value
	}
}

// maxVariable bounds the value of a variable, and maxWord a word: a script
// that doubles a variable line by line must not fill the memory.
const (
	maxVariable = 1 << 20
	maxWord     = 16 << 20
)

func (s *shellReader) redirects(redirects []*syntax.Redirect) (stdin *string, name string) {
	for _, r := range redirects {
		if r.N != nil && r.N.Value != "0" {
			continue
		}
		switch r.Op {
		case syntax.RdrIn:
			stdin, name = nil, s.word(r.Word)
		case syntax.WordHdoc:
			text := s.word(r.Word) + "\n"
			stdin, name = &text, ""
		case syntax.Hdoc, syntax.DashHdoc:
			text := s.hereDocument(r)
			stdin, name = &text, ""
		}
	}
	return stdin, name
}

func (s *shellReader) hereDocument(r *syntax.Redirect) string {
	if r.Hdoc == nil {
		return ""
	}
	literal := false // a quoted delimiter switches expansion off
	for _, p := range r.Word.Parts {
		lit, ok := p.(*syntax.Lit)
		literal = literal || !ok || strings.Contains(lit.Value, `\`)
	}
	var b strings.Builder
	for _, p := range r.Hdoc.Parts {
		if lit, ok := p.(*syntax.Lit); ok && !literal {
			b.WriteString(unescape(lit.Value, "$`\\"))
			continue
		}
		s.part(&b, p, true)
	}
	text := b.String()
	if r.Op == syntax.DashHdoc {
		lines := strings.SplitAfter(text, "\n")
		for i := range lines {
			lines[i] = strings.TrimLeft(lines[i], "\t")
		}
		text = strings.Join(lines, "")
	}
	return text
}

// word returns the text of a word with its quotes removed.
func (s *shellReader) word(w *syntax.Word) string {
	var b strings.Builder
	for i, p := range w.Parts {
		if lit, ok := p.(*syntax.Lit); ok {
			if i == 0 && len(w.Parts) > 0 {
				s.typographic(lit.Value)
			}
			b.WriteString(unescape(lit.Value, ""))
			continue
		}
		s.part(&b, p, false)
	}
	return b.String()
}

// typographic notices quotes that a word processor put in: to a shell they are
// letters, and they travel in the request.
func (s *shellReader) typographic(text string) {
	r, _ := utf8.DecodeRuneInString(text)
	if strings.ContainsRune("“”„‘’«", r) {
		s.notices = append(s.notices, "typographic quotes ("+string(r)+") are letters to the shell and are sent as such")
	}
}

// part writes one part of a word. What only running could tell stays as it is
// written.
func (s *shellReader) part(b *strings.Builder, p syntax.WordPart, document bool) {
	if b.Len() > maxWord {
		return
	}
	switch p := p.(type) {
	case *syntax.Lit:
		if document {
			b.WriteString(p.Value)
		} else {
			b.WriteString(unescape(p.Value, "$`\"\\"))
		}
	case *syntax.SglQuoted:
		if p.Dollar {
			b.WriteString(ansiC(p.Value))
		} else {
			b.WriteString(p.Value)
		}
	case *syntax.DblQuoted:
		for _, inner := range p.Parts {
			s.part(b, inner, false)
		}
	case *syntax.ParamExp:
		if value, ok := s.variable(p); ok {
			b.WriteString(value)
			return
		}
		b.WriteString(s.source(p))
	default:
		b.WriteString(s.source(p))
	}
}

// variable returns the value of $name or ${name} if the script has set it.
func (s *shellReader) variable(p *syntax.ParamExp) (string, bool) {
	if p.Param == nil || p.Excl || p.Length || p.Width || p.Index != nil || p.Slice != nil || p.Repl != nil || p.Exp != nil || p.Names != 0 {
		return "", false
	}
	value, ok := s.vars[p.Param.Value]
	return value, ok
}

func (s *shellReader) source(n syntax.Node) string {
	start, end := int(n.Pos().Offset()), int(n.End().Offset())
	if start < 0 || end > len(s.src) || start > end {
		return ""
	}
	return s.src[start:end]
}

// unescape removes the backslashes of a literal. Inside double quotes only
// some bytes can be escaped; only lists them, and empty means all.
func unescape(text, only string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		next := text[i+1]
		switch {
		case next == '\n':
			i++
		case only == "" || strings.IndexByte(only, next) >= 0:
			b.WriteByte(next)
			i++
		default:
			b.WriteByte('\\')
		}
	}
	return b.String()
}

// ansiC decodes the inside of $'…' as bash does.
func ansiC(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		c := text[i]
		if at := strings.IndexByte(`abeEfnrtv\'"?`, c); at >= 0 {
			b.WriteByte("\a\b\x1b\x1b\f\n\r\t\v\\'\"?"[at])
			continue
		}
		digits, base, isRune := 0, 16, false
		switch c {
		case 'x':
			digits = 2
		case 'u':
			digits, isRune = 4, true
		case 'U':
			digits, isRune = 8, true
		case 'c':
			if i+1 < len(text) {
				i++
				b.WriteByte(text[i] & 0x1f)
				continue
			}
		case '0', '1', '2', '3', '4', '5', '6', '7':
			digits, base = 3, 8
			i--
		}
		n := digitsAt(text[i+1:], digits, base)
		if n == 0 {
			b.WriteByte('\\')
			b.WriteByte(c)
			continue
		}
		v, _ := strconv.ParseUint(text[i+1:i+1+n], base, 32)
		i += n
		if isRune {
			b.WriteRune(rune(v))
		} else {
			b.WriteByte(byte(v))
		}
	}
	return b.String()
}

func digitsAt(s string, most, base int) int {
	n := 0
	for n < most && n < len(s) {
		if _, err := strconv.ParseUint(s[n:n+1], base, 8); err != nil {
			break
		}
		n++
	}
	return n
}
