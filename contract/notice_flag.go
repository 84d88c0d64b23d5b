package contract

import (
	"fmt"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// oldBooleans are the words of YAML 1.1 for true and false, which are texts in
// YAML 1.2, and the same in quotes.
var oldBooleans = map[string]string{
	"yes": "true", "on": "true", "y": "true", "true": "true",
	"no": "false", "off": "false", "n": "false", "false": "false",
}

// flagNames are the members of OpenAPI's own objects that are true or false.
var flagNames = map[string]bool{
	"required": true, "deprecated": true, "explode": true, "allowReserved": true, "allowEmptyValue": true,
}

// noticeFlag tells of a flag that is a text.
func (l *loader) noticeFlag(m *yaml.Member) {
	if !flagNames[m.Key] || m.Value.Kind != yaml.String {
		return
	}
	if word := oldBooleans[strings.ToLower(m.Value.Text)]; word != "" {
		l.tolerate(m.Value.Pos, "yaml-boolean", fmt.Sprintf("`%s` is the text `%s`: it is read as %s", m.Key, m.Value.Text, word), fmt.Sprintf("write `%s: %s`", m.Key, word))
	}
}

// noticeNames tells of components whose name OpenAPI does not allow (OpenAPI
// 3.1.0, section 4.8.7). References find them all the same.
func (l *loader) noticeNames() {
	components := l.root.Get("components")
	if components == nil {
		return
	}
	for i := range components.Members {
		kind := &components.Members[i]
		if strings.HasPrefix(kind.Key, "x-") {
			continue
		}
		for j := range kind.Value.Members {
			if m := &kind.Value.Members[j]; !isComponentName(m.Key) {
				l.tolerate(m.Pos, "component-name", fmt.Sprintf("the name `%s` has other characters than letters, digits, `.`, `-` and `_`", m.Key), "give it a name of those")
			}
		}
	}
}

func isComponentName(s string) bool {
	for i := range len(s) {
		if !isAlnum(s[i]) && strings.IndexByte("._-", s[i]) < 0 {
			return false
		}
	}
	return s != ""
}
