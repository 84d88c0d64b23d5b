package words

// jsonSchemaValue is how Python's jsonschema begins a sentence: with the value as Python writes it. Flask,
// Falcon, Connexion and others send the sentence alone, without the place.
// https://python-jsonschema.readthedocs.io/en/stable/errors/
var jsonSchemaValue = compile(`^(\{.*\}|\[.*\]|'[^']*'|"[^"]*"|-?\d[\d.e+-]*|None|True|False) (?:is not (?:of type|one of|a multiple of|valid under|an? ')|is too (?:long|short)|does not match|is (?:less|greater) than|has (?:too many|non-unique)|was expected|should (?:be non-empty|not be))`)

// ofValue takes such a value for what the complaint is about: none of the words in it is a name.
func (c *Complaint) ofValue(value string) {
	c.Names, c.Values, c.Subject, c.Told = nil, nil, "", 0
	switch value {
	case "None":
		c.Kind = Null
	case "''", `""`:
		c.Values = []string{""}
	default:
		if n := len(value); value[0] == '\'' || value[0] == '"' {
			value = value[1 : n-1]
		}
		c.Values = []string{value}
	}
	c.Quotes = true
}
