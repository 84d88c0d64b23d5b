package capture

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"
	"strings"

	faultline "github.com/faultline-http/faultline"
)

// curlPart is one -F option.
type curlPart struct {
	name     string
	value    string
	file     string // content comes from a file
	attached bool   // as an attachment (@) and not as text (<)
	fileName string
	kind     string
	headers  []string
}

// parsePart reads `name=content;type=…;filename=…`, where content is text,
// @file, or <file. With literal (--form-string) nothing in it is special.
func parsePart(option string, literal bool) (curlPart, error) {
	name, rest, ok := strings.Cut(option, "=")
	if !ok {
		return curlPart{}, errors.New("option `-F` needs the form `name=content`")
	}
	p := curlPart{name: name}
	if literal {
		p.value = rest
		return p, nil
	}
	p.attached = strings.HasPrefix(rest, "@")
	fromFile := p.attached || strings.HasPrefix(rest, "<")
	if fromFile {
		rest = rest[1:]
	}
	first, rest := formWord(rest, ";")
	if fromFile {
		p.file = first
		if p.attached {
			p.fileName = path.Base(strings.ReplaceAll(first, `\`, "/"))
			p.kind = fileType(first)
		}
	} else {
		p.value = first
	}
	for rest != "" {
		var attribute string
		attribute, rest = formAttribute(rest)
		key, value, _ := strings.Cut(attribute, "=")
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "type":
			p.kind = value
		case "filename":
			p.fileName = value
		case "headers":
			p.headers = append(p.headers, value)
		default:
			if !fromFile && len(p.headers) == 0 && p.kind == "" && p.fileName == "" {
				p.value += ";" + attribute // a semicolon that belongs to the text
			}
		}
	}
	return p, nil
}

// formWord reads up to one of the stop bytes, or a word in double quotes.
func formWord(s, stop string) (word, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexAny(s, stop)
		if end < 0 {
			return s, ""
		}
		return s[:end], s[end+1:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case s[i] == '"':
			return b.String(), strings.TrimPrefix(s[i+1:], ";")
		default:
			b.WriteByte(s[i])
		}
	}
	return s, "" // the quote is never closed: it belongs to the text
}

func formAttribute(s string) (attribute, rest string) {
	key, value, ok := strings.Cut(s, "=")
	if !ok || strings.Contains(key, ";") {
		return formWord(s, ";")
	}
	if strings.EqualFold(strings.TrimSpace(key), "type") {
		return typeAttribute(key, value)
	}
	value, rest = formWord(value, ";")
	return key + "=" + value, rest
}

// typeAttribute keeps the parameters of a media type: `type=text/plain;charset=utf-8`.
func typeAttribute(key, value string) (attribute, rest string) {
	for i := range len(value) {
		if value[i] != ';' {
			continue
		}
		next := strings.ToLower(strings.TrimSpace(value[i+1:]))
		if strings.HasPrefix(next, "filename=") || strings.HasPrefix(next, "headers=") || strings.HasPrefix(next, "encoder=") {
			return key + "=" + value[:i], value[i+1:]
		}
	}
	return key + "=" + value, ""
}

// fileType is curl's own short table of media types.
func fileType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".gif":
		return "image/gif"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png":
		return "image/png"
	case ".svg":
		return "image/svg+xml"
	case ".txt":
		return "text/plain"
	case ".htm", ".html":
		return "text/html"
	case ".pdf":
		return "application/pdf"
	case ".xml":
		return "application/xml"
	}
	return "application/octet-stream"
}

// formBody writes the parts as multipart/form-data. curl takes a boundary at
// random; here it is made of the parts, so that reading twice gives the same.
func (t *curlTransfer) formBody() (*faultline.Body, string) {
	boundary := t.boundary()
	kind := "multipart/form-data; boundary=" + boundary
	var b strings.Builder
	for _, p := range t.form {
		b.WriteString("--" + boundary + "\r\nContent-Disposition: form-data")
		if p.name != "" {
			b.WriteString(`; name="` + t.formName(p.name) + `"`)
		}
		if p.fileName != "" {
			b.WriteString(`; filename="` + t.formName(p.fileName) + `"`)
		}
		b.WriteString("\r\n")
		if p.kind != "" {
			b.WriteString("Content-Type: " + p.kind + "\r\n")
		}
		for _, h := range p.headers {
			b.WriteString(h + "\r\n")
		}
		b.WriteString("\r\n")
		if p.file == "" {
			b.WriteString(p.value + "\r\n")
			continue
		}
		content, known := t.readFile(p.file)
		if !known {
			return unread(b.String(), t.fileName(p.file)), kind
		}
		b.WriteString(content + "\r\n")
	}
	b.WriteString("--" + boundary + "--\r\n")
	body := faultline.NewBody([]byte(b.String()))
	return &body, kind
}

func (t *curlTransfer) boundary() string {
	sum := sha256.New()
	for _, p := range t.form {
		sum.Write([]byte(p.name + "\x00" + p.value + "\x00" + p.file + "\x00"))
	}
	return strings.Repeat("-", 24) + hex.EncodeToString(sum.Sum(nil))[:22]
}

// formName escapes what would end a quoted name: as browsers do, or with
// backslashes (--form-escape).
func (t *curlTransfer) formName(s string) string {
	if t.formOpts {
		return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
	}
	return strings.NewReplacer(`"`, "%22", "\r", "%0D", "\n", "%0A").Replace(s)
}
