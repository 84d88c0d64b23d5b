package config

import (
	_ "embed"
	"fmt"
	"strings"
)

// guide is what docs/config.md says before the keys.
//
//go:embed guide.md
var guide string

// Docs is docs/config.md.
func Docs() string {
	var b strings.Builder
	b.WriteString(guide)
	b.WriteString("\n## All keys\n\nGenerated from the model that the reader uses. A list takes a single value, too.\n")
	section(&b, "The file", model(&Config{}), "")
	return b.String()
}

// section describes one mapping, then those inside of it.
func section(b *strings.Builder, title string, o *object, path string) {
	fmt.Fprintf(b, "\n### %s\n\n", title)
	b.WriteString("| key | takes | default | |\n| --- | --- | --- | --- |\n")
	for i := range o.keys {
		k := &o.keys[i]
		def := ""
		switch {
		case k.required:
			def = "required"
		case k.def != "":
			def = "`" + k.def + "`"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", k.name, cell(takesOf(k, join(path, k.name))), cell(def), cell(docOf(k)))
	}
	for i := range o.keys {
		k := &o.keys[i]
		at := join(path, k.name)
		v := k.value
		if l, ok := v.(lister); ok {
			v, at = l.element(), at+"[]"
		}
		if inner, ok := v.(*object); ok {
			section(b, "`"+at+"`", inner, at)
		}
	}
}

func docOf(k *key) string {
	if k.example == "" {
		return k.doc
	}
	return k.doc + "; such as `" + k.example + "`"
}

// takesOf leads to the section of a mapping.
func takesOf(k *key, path string) string {
	v := k.value
	l, isList := v.(lister)
	if isList {
		v, path = l.element(), path+"[]"
	}
	if _, ok := v.(*object); !ok {
		return k.value.takes()
	}
	return "[" + k.value.takes() + "](#" + strings.Map(anchorChar, path) + ")"
}

// anchorChar is what GitHub leaves of a heading's characters.
func anchorChar(c rune) rune {
	if c == '.' || c == '[' || c == ']' {
		return -1
	}
	return c
}

// cell keeps a text from ending the cell of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
