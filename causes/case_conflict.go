package causes

import (
	"slices"

	"github.com/faultline-http/faultline"
)

// conflictPart is the part of the request that contradicts the state of the thing, where the answer does not
// name it: the version that was sent of a thing that changed, the name of one that is there already.
func (c *Case) conflictPart(known bool) (faultline.Location, bool) {
	switch {
	case c.says(saysEdited) && !c.says(saysTaken):
		return c.versionSent()
	case known:
		return faultline.Location{}, false
	case c.says(saysTaken):
		return c.nameSent()
	}
	return faultline.Location{}, false
}

// versionNames are the members and parameters by which APIs carry the version of a thing that was read.
var versionNames = []string{
	"resourceversion", "ifseqno", "ifversion", "rev", "lockversion", "rowversion", "etag", "version", "versionnumber", "revision", "concurrencystamp", "versionid", "basesha", "sha", "lastcommitid",
	"expectedversion", "generation", "fingerprint", "synctoken", "modifiedat", "updatedat", "lastmodified", "timestamp",
}

// versionSent is where the request says which version of the thing it means.
func (c *Case) versionSent() (faultline.Location, bool) {
	for _, name := range []string{"If-Match", "If-Unmodified-Since", "X-Contentful-Version"} {
		if c.Exchange.Request.Header.Has(name) {
			return faultline.AtHeader(name), true
		}
	}
	return c.partNamed(versionNames)
}

// uniqueNames are members that services keep unique, the most telling first.
var uniqueNames = []string{
	"email", "emailaddress", "username", "login", "handle", "slug", "sku", "code", "externalid", "nickname", "domain", "hostname", "subdomain", "key", "phone", "phonenumber", "mobile", "isbn", "iban", "name", "title", "id", "url",
}

// nameSent is the member of the body that is most likely taken already.
func (c *Case) nameSent() (faultline.Location, bool) {
	if at, ok := c.partNamed(uniqueNames); ok {
		return at, true
	}
	query := c.queryFields()
	for i := range query[:min(len(query), maxMentioned)] {
		if f := &query[i]; f.text != "" && identifies(f.name()) {
			return f.at(), true
		}
	}
	return faultline.Location{}, false
}

// partNamed is the parameter or scalar member of the body that has the first of the folded names.
func (c *Case) partNamed(names []string) (faultline.Location, bool) {
	best, at := len(names), faultline.Location{}
	for _, fields := range [][]reqField{c.queryFields(), c.body().fields()} {
		for i := range fields[:min(len(fields), maxPairs)] {
			f := &fields[i]
			if f.kind == "object" || f.kind == "array" || f.kind == "null" {
				continue
			}
			if rank := slices.Index(names, fold(f.name())); rank >= 0 && rank < best {
				best, at = rank, f.at()
				if f.in == faultline.InBody {
					at.Span = c.placed(f.span)
				}
			}
		}
	}
	return at, best < len(names)
}
