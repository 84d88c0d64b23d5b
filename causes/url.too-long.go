package causes

import (
	"fmt"

	"github.com/faultline-http/faultline"
)

func init() { register("url.too-long", urlTooLong) }

// saysLongURL is what servers say where the status is another than 414: IIS
// refuses with 404.14 and 404.15, gunicorn, Netty and ASP.NET with 400.
var saysLongURL = topic("long url",
	"request uri too large", "request uri too long", "uri too long", "uri too large", "url too long", "uri is too long", "url is too long", "uri is too large", "url length exceeds",
	"request line is too large", "request line is too long", "request line too long", "request line too large", "request url too long", "request url is too long",
	"url's length exceeds the capacity", "maxurllength", "max url length", "maxquerystringlength", "max query string length", "query string too long",
	"query string is too long", "length of the query string for this request exceeds", "length of the url for this request exceeds",
	"http element request_path is longer", "http element query_string is longer", "http element request_uri is longer",
	"is too large to process", "too long http line", "http line is larger than", "request target is too long", "request line exceeds", "line too long ~ request uri",
	"err request uri too long")

// saysLargeHead is said of the request line and the fields behind it together.
var saysLargeHead = topic("large head",
	"header fields too large", "bytes when reading: bytearray*", "got more than ~ bytes when reading", "header field too large", "request header or cookie too large", "request header is too large", "request header too large",
	"request headers too large", "headers too large", "header too large", "header is too large", "headers are too large", "size of a request header field exceeds", "request header field exceeds server limit",
	"header overflow", "headers is too long", "header is too long", "header length exceeds", "header size exceeds", "exceeds the maximum header size", "request headers is too long",
	"bad request request too long", "limit_request_field*", "limit request header*", "error parsing headers: limit request headers",
	"number of request header fields exceeds", "too many headers", "too many request headers", "too many header fields", "cookie too large", "cookies too large",
	"http element header is longer", "http header is larger than", "http header line is larger", "headers exceeded", "header list size", "max header size",
	"request header value too large", "header value is too long", "metadata size exceeds", "metadata larger than", "max_metadata_size", "metadata limit", "header line too long", "headersize",
	"got more than 100 headers", "got more than 65536 bytes when reading header line", "request too large ~ header*")

// longTarget is the length of a request target from which a limit is likely:
// few servers allow less than 4 KB, and most have 8 KB.
const longTarget = 2 << 10

// urlTooLong finds a request target that a server or gateway does not take.
// Many bound the request line together with the fields: then the larger of the
// two is to blame.
func urlTooLong(c *Case) []faultline.Finding {
	if c.Status() < 400 {
		return nil
	}
	length := len(c.Exchange.Request.Target)
	switch {
	case c.Status() == 414:
		return []faultline.Finding{c.longURL(faultline.Proven)}
	case length < longTarget && (c.Status() == 404 && !c.iisPage() || !c.says(saysLongURL)):
		return nil
	case c.says(saysLongURL):
		return []faultline.Finding{c.longURL(faultline.Proven)}
	case !c.targetIsLargest():
		return nil
	case c.Status() == 431 || c.Status() == 494 || c.says(saysLargeHead):
		return []faultline.Finding{c.longURL(faultline.Likely)}
	case (c.Status() == 400 || c.Status() == 413 && c.Exchange.Request.Body.Empty()) && length > 2*longTarget && c.bareRefusal(),
		c.Status() == 404 && length > 2*longTarget && c.iisPage():
		return []faultline.Finding{c.longURL(faultline.Likely)}
	}
	return nil
}

// iisPage reports whether the answer is one of IIS' own: its request filter says 404 to what is too long.
func (c *Case) iisPage() bool { return c.BodySays("request filtering module", "404.14", "404.15") }

// targetIsLargest reports whether the request target takes up more than the fields.
func (c *Case) targetIsLargest() bool {
	_, _, all := c.largestField()
	return len(c.Exchange.Request.Target) > all
}

func (c *Case) longURL(s faultline.Strength) faultline.Finding {
	target := c.Exchange.Request.Target
	f := faultline.Finding{
		Strength: s,
		At:       c.atPath(),
		Message:  fmt.Sprintf("the URL is longer than the server takes: %d bytes", len(target)),
		Brief:    fmt.Sprintf("URL of %d bytes", len(target)),
		Expected: "a shorter URL: 2,000 bytes pass everywhere, 8,000 mostly",
		Found:    fmt.Sprintf("a request target of %d bytes", len(target)),
		Evidence: c.serverWords(),
		Remedy: faultline.Remedy{
			Text: "send what is long in a body instead of the query, or in several calls", Applicability: faultline.Guess,
			Steps: append([]faultline.Step{{Text: "send what is long in a body instead of the query, or in several calls"}}, c.limitStep(lineSize)...),
		},
		Retry: failsAlways,
		Rank:  deeper,
	}
	if limit := c.limitSaid(); limit != "" {
		f.Expected = limit
	}
	if name, size := largestParam(c.Exchange.Request.Query()); size > len(target)/2 && name != "" {
		f.At = faultline.AtQuery(short(name))
		f.Found = fmt.Sprintf("%d bytes, %d of them in `%s`", len(target), size, short(name))
	}
	return f
}
