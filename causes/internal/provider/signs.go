package provider

import (
	"strings"

	"github.com/faultline-http/faultline"
)

// A sign tells whether a provider answered: by fields that it alone sends, by
// the shape of its errors, by how it is asked. It is looked for only when one of
// the provider's codes was found.
type sign func(*Answer) bool

// any of the signs is enough.
func anySign(signs ...sign) sign {
	return func(c *Answer) bool {
		for _, s := range signs {
			if s(c) {
				return true
			}
		}
		return false
	}
}

// answersWith: the answer has one of the header fields; "x-amz*" stands for all that begin so.
func answersWith(fields ...string) sign {
	return func(c *Answer) bool { return Sends(c.Exchange.Response.Header, fields...) }
}

// askedWith: the request has one of the header fields.
func askedWith(fields ...string) sign {
	return func(c *Answer) bool { return Sends(c.Exchange.Request.Header, fields...) }
}

// Sends reports whether one of the header fields is there; "x-amz*" stands for
// all that begin so.
func Sends(h faultline.Header, fields ...string) bool {
	for i := range h {
		if fieldNamed(h[i].Name, fields) {
			return true
		}
	}
	return false
}

func fieldNamed(name string, fields []string) bool {
	for _, f := range fields {
		if begin, open := strings.CutSuffix(f, "*"); open {
			if len(name) >= len(begin) && strings.EqualFold(name[:len(begin)], begin) {
				return true
			}
		} else if strings.EqualFold(name, f) {
			return true
		}
	}
	return false
}

// servedBy: the Server field begins with the word.
func servedBy(word string) sign {
	return func(c *Answer) bool {
		server := c.Exchange.Response.Header.Value("Server")
		return len(server) >= len(word) && strings.EqualFold(server[:len(word)], word)
	}
}

// hasMembers: the answer has a member at each of the paths: "error/fbtrace_id".
// A step "0" is the first item of a list.
func hasMembers(paths ...string) sign {
	return func(c *Answer) bool {
		for _, path := range paths {
			n := c.Doc
			for step := range strings.SplitSeq(path, "/") {
				if step == "0" {
					n = n.First()
					continue
				}
				n = n.Get(step)
			}
			if n.Absent() {
				return false
			}
		}
		return true
	}
}

// mentions: the words of the answer hold the text, which is in lower case: the
// address of the page that explains the code, for one.
func mentions(texts ...string) sign {
	return func(c *Answer) bool { return c.Says(texts...) }
}

// pathHas: the path of the request holds one of the texts, such as "/_bulk".
func pathHas(texts ...string) sign {
	return func(c *Answer) bool {
		path := c.Exchange.Request.Path()
		for _, t := range texts {
			if strings.Contains(path, t) {
				return true
			}
		}
		return false
	}
}

// asksAs: the credential in Authorization begins so: "Bot ", "Bearer xoxb-".
func asksAs(begins ...string) sign {
	return func(c *Answer) bool {
		v := c.Exchange.Request.Header.Value("Authorization")
		for _, b := range begins {
			if strings.HasPrefix(v, b) {
				return true
			}
		}
		return false
	}
}
