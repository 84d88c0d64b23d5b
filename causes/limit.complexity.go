package causes

import (
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("limit.complexity", limitComplexity) }

// limitComplexity is for one call that asks for too much: a query that is too
// deep or too costly, a batch or a prompt that is too long.
func limitComplexity(c *Case) []faultline.Finding {
	k := c.limited()
	if k.cause != "limit.complexity" {
		return nil
	}
	f := c.limitBase(k, "this one call asks for more than the server works out at a time")
	f.At = k.named.place(c.costlyPlace())
	f.Brief = "one call asks for too much"
	f.Expected = "a call that costs less"
	f.Remedy = faultline.Remedy{
		Text:          "ask for less at a time: smaller pages and batches, fewer levels, several calls",
		Applicability: faultline.Guess,
	}
	f.Retry = "as sent it fails every time: waiting does not make it cheaper"
	f.RuledOut = []faultline.Rival{{Slug: "limit.rate", Why: "the answer speaks of this call alone, not of earlier ones"}}
	return []faultline.Finding{f}
}

// costly are the members of a request that hold what costs, most telling first.
var costly = []string{"query", "messages", "prompt", "input", "operations", "requests", "aggs", "aggregations", "items", "size"}

// costlyPlace is the part of the request that is too much, if it is known.
func (c *Case) costlyPlace() faultline.Location {
	if at, ok := c.pageNamed(); ok {
		return at
	}
	for _, name := range costly {
		if f := findHead(c.body().fields(), []string{name}); f != nil {
			return f.at()
		}
	}
	for i, q := range c.queryFields() {
		if q.name() == "query" {
			return c.queryFields()[i].at()
		}
	}
	return faultline.AtStatus()
}

// pageNames are what asks for how much, and from where on.
var pageNames = []string{"from", "size", "limit", "offset", "page", "per_page", "page_size", "pagesize", "pageSize", "max_results", "maxResults", "rows", "start", "$top", "top", "first", "last", "count", "max_tokens"}

// pageNamed is the first of these that the answer names and the request has.
func (c *Case) pageNamed() (faultline.Location, bool) {
	said := c.Said()
	for _, name := range pageNames {
		if len(name) < 3 || !holdsWord(said, strings.ToLower(name)) {
			continue
		}
		if f := findHead(c.body().fields(), []string{name}); f != nil && f.kind == "number" {
			at := f.at()
			at.Span = c.placed(f.span)
			return at, true
		}
		query := c.queryFields()
		for i := range query[:min(len(query), maxMentioned)] {
			if query[i].name() == name {
				return query[i].at(), true
			}
		}
	}
	return faultline.Location{}, false
}
