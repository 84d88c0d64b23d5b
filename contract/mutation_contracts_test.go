package contract_test

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/contract"
	"github.com/faultline-http/faultline/internal/yaml"
)

// bodyContracts are contracts whose operations each take one body schema of a document in a folder,
// be it one of a request or of an answer: what is told of a mistake does not depend on who made it.
func bodyContracts(t testing.TB, dir string) map[string]*contract.Contract {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*contract.Contract{}
	for _, file := range files {
		if ext := path.Ext(file); ext != ".json" && ext != ".yaml" {
			continue
		}
		if c := probing(t, dir, filepath.Base(file)); c != nil {
			out[filepath.Base(file)] = c
		}
	}
	return out
}

// probing is a contract that has one operation for each body schema of a document.
func probing(t testing.TB, dir, file string) *contract.Contract {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	root, err := yaml.Parse(file, raw)
	if err != nil {
		t.Fatal(err)
	}
	paths := map[string]any{}
	probe := map[string]any{"info": map[string]any{"title": "probe of " + file, "version": "1"}, "paths": paths}
	operation := func(schema any) any {
		return map[string]any{"requestBody": map[string]any{"required": true, "content": map[string]any{"application/json": map[string]any{"schema": schema}}}}
	}
	if version := root.Get("openapi"); version != nil {
		probe["openapi"] = version.Text
	} else {
		probe["swagger"] = "2.0"
		operation = func(schema any) any {
			return map[string]any{"consumes": []string{"application/json"}, "parameters": []any{map[string]any{"in": "body", "name": "body", "required": true, "schema": schema}}}
		}
	}
	bodySchemas(root, func(pointer string) {
		op := operation(map[string]any{"$ref": file + "#" + pointer}).(map[string]any)
		op["responses"] = map[string]any{"204": map[string]any{"description": "done"}}
		paths["/"+strconv.Itoa(len(paths))] = map[string]any{"post": op}
	})
	if len(paths) == 0 {
		return nil
	}
	text, err := json.Marshal(probe)
	if err != nil {
		t.Fatal(err)
	}
	c, err := contract.Load(fstest.MapFS{file: {Data: raw}, "probe.json": {Data: text}}, "probe.json")
	if err != nil {
		t.Fatalf("%s: %+v", file, err)
	}
	return c
}

// bodySchemas visits the pointers of all schemas of bodies, of requests and of answers.
func bodySchemas(root *yaml.Node, visit func(pointer string)) {
	content := func(holder *yaml.Node, pointer string) {
		if holder.Get("schema") != nil { // OpenAPI 2.0
			visit(pointer + "/schema")
		}
		media := holder.Get("content")
		if media == nil {
			return
		}
		for i := range media.Members {
			if m := &media.Members[i]; m.Value.Get("schema") != nil {
				visit(pointer + "/content/" + faultline.EscapePointer(m.Key) + "/schema")
			}
		}
	}
	each := func(n *yaml.Node, pointer string, visit func(n *yaml.Node, pointer string)) {
		if n == nil {
			return
		}
		for i := range n.Members {
			visit(n.Members[i].Value, pointer+"/"+faultline.EscapePointer(n.Members[i].Key))
		}
	}
	each(root.Get("paths"), "/paths", func(item *yaml.Node, at string) {
		each(item, at, func(op *yaml.Node, at string) {
			if strings.HasSuffix(at, "/parameters") {
				return
			}
			if params := op.Get("parameters"); params != nil {
				for i, p := range params.Items {
					if in := p.Get("in"); in != nil && in.Text == "body" {
						content(p, at+"/parameters/"+strconv.Itoa(i))
					}
				}
			}
			if body := op.Get("requestBody"); body != nil {
				content(body, at+"/requestBody")
			}
			each(op.Get("responses"), at+"/responses", content)
		})
	})
}
