package schema

import (
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// places are where a schema and its keywords stand. A form keeps them instead
// of the document, which can be let go after loading.
type places struct {
	pos      yaml.Pos
	keywords []keywordPlace
}

type keywordPlace struct {
	keyword      string
	line, column int32
}

// placesOf are the places of a schema, without those of its notes to people.
func placesOf(n *yaml.Node) places {
	p := places{pos: n.Pos}
	count := 0
	for i := range n.Members {
		if asserts(n.Members[i].Key) {
			count++
		}
	}
	if count == 0 {
		return p
	}
	p.keywords = make([]keywordPlace, 0, count)
	for i := range n.Members {
		if m := &n.Members[i]; asserts(m.Key) {
			p.keywords = append(p.keywords, keywordPlace{keyword: m.Key, line: int32(m.Pos.Line), column: int32(m.Pos.Column)})
		}
	}
	return p
}

// asserts is false for the keywords that no violation can name.
func asserts(keyword string) bool {
	switch keyword {
	case "description", "title", "example", "examples", "default", "externalDocs", "$comment", "deprecated", "xml":
		return false
	}
	return !strings.HasPrefix(keyword, "x-")
}

// older are the words that drafts before had for keywords of 2020-12.
var older = map[string]string{"dependentRequired": "dependencies", "items": "additionalItems", "prefixItems": "items"}

// word is the keyword as the schema has it, or empty.
func (p *places) word(keyword string) string {
	if old := older[keyword]; old != "" && p.has(old) && (old != "dependencies" || !p.has(keyword)) {
		return old
	}
	if p.has(keyword) {
		return keyword
	}
	return ""
}

func (p *places) has(keyword string) bool {
	for i := range p.keywords {
		if p.keywords[i].keyword == keyword {
			return true
		}
	}
	return false
}

// of is the place of a keyword, or of the schema.
func (p *places) of(keyword string) yaml.Pos {
	for i := range p.keywords {
		if k := &p.keywords[i]; k.keyword == keyword {
			return yaml.Pos{File: p.pos.File, Line: int(k.line), Column: int(k.column)}
		}
	}
	return p.pos
}
