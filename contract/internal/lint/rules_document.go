package lint

var documentRefused = &Rule{
	Slug: "document.refused", Severity: Error,
	Title:   "the description cannot be loaded",
	Why:     "No call can be held against it.",
	Fix:     "Correct the place that is named; the other findings hold all the same.",
	Section: "OpenAPI 3.1.1, section 4",
}

var documentUnverified = &Rule{
	Slug: "document.unverified", Severity: Error,
	Title:   "an operation cannot be judged",
	Why:     "Something of it is not supported, or cannot be compiled: its calls pass unjudged.",
	Fix:     "Say the named part with what the version of the description has.",
	Section: "docs/contract-lint.md",
}

var documentTolerated = &Rule{
	Slug: "document.tolerated", Severity: Warning,
	Title:   "the description is formally wrong, and clear in meaning",
	Why:     "It is read as it was meant, and no verdict changes. Strict tools refuse it.",
	Fix:     "Write it as the specification has it.",
	Section: "OpenAPI 3.1.1, sections 4.8.1 and 4.8.2",
}

// Rules whose findings, or some of them, come from loading.
var (
	Refused    = documentRefused
	Unverified = documentUnverified
	Tolerated  = documentTolerated
	Style      = parameterStyle
)
