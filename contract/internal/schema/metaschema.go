package schema

import (
	"embed"
	"errors"
	"io/fs"
	"strings"

	"github.com/faultline-http/faultline/internal/yaml"
)

// metaschemas are the schemas of schemas, as json-schema.org publishes them: a
// schema may refer to them like to any other document.
//
//go:embed metaschemas
var metaschemas embed.FS

// metaschema reads the metaschema with an address, or nil.
func metaschema(uri string) (*yaml.Node, error) {
	name, ours := strings.CutPrefix(strings.TrimPrefix(strings.TrimPrefix(uri, "https:"), "http:"), "//json-schema.org/")
	if !ours {
		return nil, nil
	}
	name = strings.TrimSuffix(name, "/schema") + ".json"
	if rest, late := strings.CutPrefix(name, "draft/"); late {
		name = "draft" + strings.TrimSuffix(rest, ".json")
		if !strings.Contains(rest, "/meta/") {
			name += "/schema"
		}
		name += ".json"
	}
	raw, err := metaschemas.ReadFile("metaschemas/" + name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return yaml.Parse(uri, raw)
}
