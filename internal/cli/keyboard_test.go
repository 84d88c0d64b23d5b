package cli

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
)

func TestKeyboardListensUntilEnough(t *testing.T) {
	t.Parallel()
	var got []string
	k := &keyboard{in: io.MultiReader(strings.NewReader("a"), strings.NewReader("q"), strings.NewReader("never read"))}
	k.listen(func(in []byte) bool {
		got = append(got, string(in))
		return string(in) == "q"
	})
	if want := "a q"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestKeyboardEndsWithItsInput(t *testing.T) {
	t.Parallel()
	k := &keyboard{in: strings.NewReader("abc")}
	k.listen(func([]byte) bool { return false })
}

func TestKeyboardIsGivenBackOnce(t *testing.T) {
	t.Parallel()
	restored := 0
	k := &keyboard{in: strings.NewReader("x"), restore: func() { restored++ }}
	func() {
		defer func() {
			if p := recover(); p != "broken" {
				t.Errorf("the panic became %v", p)
			}
		}()
		k.listen(func([]byte) bool { panic("broken") })
	}()
	k.close()
	if restored != 1 {
		t.Errorf("restored %d times, want once", restored)
	}
	var none *keyboard
	none.close()
}

func TestNoKeyboardWithoutATerminal(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	env := testEnv(t, io.Discard, io.Discard)
	for name, in := range map[string]io.Reader{"pipe": r, "no file": strings.NewReader("q")} {
		env.Stdin = in
		a := newApp(env, nil)
		out := &output{raw: io.Discard}
		out.TTY = true
		a.flags.format = formatText
		if k := a.openKeyboard(out); k != nil {
			t.Errorf("%s: a keyboard was opened", name)
		}
	}
}

func TestRawLinesReturnTheCursor(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if n, err := (rawLines{&b}).Write([]byte("a\nb\n")); n != 4 || err != nil || b.String() != "a\r\nb\r\n" {
		t.Errorf("wrote %d, %v, %q", n, err, &b)
	}
}
