package causes

import (
	"regexp"
	"strings"

	"github.com/faultline-http/faultline"
)

func init() { register("header.not-allowed", headerNotAllowed) }

// saysBarredHeader is what servers and client libraries say of a field that may not
// be sent here: Azure, S3, browsers, undici, Java's and .NET's clients.
var saysBarredHeader = topic("barred header",
	"unsupported header", "one of the http headers specified in the request is not supported", "header ~ is not supported", "header ~ not allowed", "header ~ not permitted",
	"header ~ must not be sent", "header ~ may not be", "header ~ cannot be used", "header ~ must not be", "header ~ should not be", "header ~ is forbidden", "forbidden header*", "prohibited header*",
	"header ~ cannot be set", "restricted header*", "refused to set unsafe header", "attempt to set a forbidden header", "misused header name", "must be modified using the appropriate property",
	"a header you provided implies functionality", "only one auth mechanism allowed", "only one auth type allowed", "connection specific header", "hop by hop header*", "invalid connection header",
	"invalid keep alive header", "invalid upgrade header", "invalid transfer encoding header", "expect header not supported", "unexpected header", "header is not valid for this request",
	"header ~ not valid for", "disallowed header*", "header ~ is reserved", "reserved header", "err_http2_invalid_connection_headers", "http/1 connection specific headers are forbidden",
	"unsupportedheader", "header ~ conflicts with")

// connectionFields may not stand in HTTP/2 and HTTP/3 (RFC 9113, section
// 8.2.2): what they say is said by frames there.
var connectionFields = []string{"Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade"}

// headerNotAllowed finds fields that must not be sent here.
func headerNotAllowed(c *Case) []faultline.Finding {
	if c.Exchange.Failure == nil && c.Status() < 400 {
		return nil
	}
	if name := c.connectionField(); name != "" {
		f := c.barredFinding(name, faultline.Proven)
		f.Message = "`" + name + "` may not be sent with HTTP/2"
		f.Expected = "no header of the connection: HTTP/2 says that with frames"
		return []faultline.Finding{f}
	}
	said := c.clientSays(saysBarredHeader) && c.Exchange.Response == nil
	if !said && (c.Status() == 401 || c.Status() == 404 || !c.says(saysBarredHeader)) {
		return nil
	}
	name := c.barredName(said)
	if name == "" {
		return nil
	}
	return []faultline.Finding{c.barredFinding(name, faultline.Likely)}
}

func (c *Case) connectionField() string {
	if !strings.HasPrefix(c.Exchange.Request.Proto, "HTTP/2") && !strings.HasPrefix(c.Exchange.Request.Proto, "HTTP/3") || c.Exchange.Response != nil && c.Status() != 400 {
		return ""
	}
	for _, name := range connectionFields {
		if v, sent := c.Exchange.Request.Header.Get(name); sent && v != "" {
			return name
		}
	}
	return ""
}

var headerNamed = []func() *regexp.Regexp{
	lazily(`(?i)<Header(?:Name)?>([\w-]{2,60})</Header`),                                                 // Azure, S3
	lazily("(?i)header(?: name)?:? ?[\"'`“]([\\w-]{2,60})[\"'`”]"),                                       // restricted header name: "Host"
	lazily("(?i)[\"'`“]([\\w-]{2,60})[\"'`”] (?:request |http )?header"),                                 // The 'Host' header must
	lazily(`(?i)\b(?:unsafe|forbidden|restricted|unsupported|invalid) header ["']?([\w-]{2,60})`),        // Refused to set unsafe header "Host"
	lazily(`(?i)\binvalid (connection|keep-alive|upgrade|transfer-encoding) header`),                     // undici
	lazily(`(?i)\b(?:request |http )?header ([A-Za-z][\w-]{2,60}) (?:is|must|may|can|should|conflicts)`), // The header X-Foo is not allowed
	lazily(`(?i)\b(?:the )?([A-Za-z]+-[\w-]{2,60}) (?:request |http )?header`),                           // the X-Foo header is not supported
	lazily(`(?i)misused header name, '([\w-]{2,60})'`),
}

// barredName is the field that is spoken of: named in the words, or known by the case.
func (c *Case) barredName(client bool) string {
	text := ""
	if client {
		text = c.Exchange.Failure.Text
	} else {
		text = string(clip(c.ResponseBody(), maxQuoted))
	}
	text = clipText(text, maxQuoted)
	for _, re := range headerNamed {
		for _, m := range re().FindAllStringSubmatch(text, 4) {
			if value, sent := c.Exchange.Request.Header.Get(m[1]); sent && value != "" || client {
				return m[1]
			}
		}
	}
	if c.Exchange.Request.Header.Has("Authorization") && c.BodySays("only one auth") {
		return "Authorization"
	}
	if c.Exchange.Request.Header.Has("Transfer-Encoding") && c.BodySays("implies functionality") {
		return "Transfer-Encoding"
	}
	return ""
}

func (c *Case) barredFinding(name string, s faultline.Strength) faultline.Finding {
	f := faultline.Finding{
		Strength: s,
		At:       faultline.AtHeader(name),
		Message:  "the server does not take the header `" + name + "` here",
		Brief:    "`" + name + "` not allowed",
		Expected: "no " + name,
		Found:    "a header `" + name + "`",
		Evidence: c.serverWords(),
		Remedy: faultline.Remedy{
			Text: "drop `" + name + "`", Applicability: faultline.Guess,
			Patch: []faultline.Edit{{Op: "remove", In: faultline.InHeader, Name: name}},
		},
		Retry: failsAgain,
		Rank:  deeper,
	}
	if strings.EqualFold(name, "Authorization") {
		f.Message = "`Authorization` was sent beside another credential, and the server takes one"
		f.Remedy.Text = "drop `Authorization`: the signature in the query is the credential"
	}
	if c.Exchange.Response == nil {
		f.Message = "the client may not send the header `" + name + "`: it belongs to the connection or to the library"
		f.Evidence = c.clientWords()
		f.Retry = "nothing was sent"
	}
	return f
}
