package words

import "github.com/faultline-http/faultline/causes/internal/pattern"

// table holds all patterns of the package, so that one pass over a sentence tells which of them are
// worth a try.
var table pattern.Set

func compile(expr string) *pattern.Pattern { return table.Add(expr) }
