package config

import "github.com/faultline-http/faultline/internal/yaml"

// setDefaults gives every key below v its default, items of lists left out:
// they get theirs when they are made.
func setDefaults(v value) {
	o, ok := v.(*object)
	if !ok {
		return
	}
	for i := range o.keys {
		k := &o.keys[i]
		if k.def == "" {
			setDefaults(k.value)
			continue
		}
		r := reader{doc: newDocument("default", "", nil), origins: map[string]Origin{}}
		k.value.read(&r, mustParse(k.def), k.name)
		if len(r.errs) > 0 {
			panic("config: the default of " + k.name + ": " + r.errs[0].Msg) // a mistake in the model
		}
	}
}

// mustParse reads a value of the model.
func mustParse(text string) *yaml.Node {
	n, err := yaml.Parse("model", []byte(text))
	if err != nil {
		panic("config: " + err.Error()) // a mistake in the model
	}
	return n
}
