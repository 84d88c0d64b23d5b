package rpc

import (
	"encoding/binary"
	"encoding/json"
	"strconv"
	"strings"
)

// A Detail is one of the details of a status: a message of
// google/rpc/error_details.proto, in the members of its JSON form.
type Detail struct {
	Type    string // "type.googleapis.com/google.rpc.BadRequest"
	Members []Member
}

// A Member is a text, a list of objects of texts, or an object of texts.
type Member struct {
	Name   string
	Text   string
	List   [][]Member
	Object []Member
}

// Bounds of what is read: a status comes in a header field, which is small.
const (
	maxDetails = 16
	maxItems   = 32
)

// MarshalJSON writes the members in their order behind the type.
func (d Detail) MarshalJSON() ([]byte, error) {
	return object(append([]Member{{Name: "@type", Text: d.Type}}, d.Members...))
}

func object(members []Member) ([]byte, error) {
	out := []byte{'{'}
	for i, m := range members {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := json.Marshal(strings.ToValidUTF8(m.Name, "\uFFFD"))
		if err != nil {
			return nil, err
		}
		out = append(append(out, name...), ':')
		text, err := json.Marshal(strings.ToValidUTF8(m.Text, "\uFFFD"))
		switch {
		case m.List != nil:
			text, err = list(m.List)
		case m.Object != nil:
			text, err = object(m.Object)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, text...)
	}
	return append(out, '}'), nil
}

func list(items [][]Member) ([]byte, error) {
	out := []byte{'['}
	for i, item := range items {
		if i > 0 {
			out = append(out, ',')
		}
		text, err := object(item)
		if err != nil {
			return nil, err
		}
		out = append(out, text...)
	}
	return append(out, ']'), nil
}

// addDetails reads a google.rpc.Status: code, message, details.
func (s *Status) addDetails(raw []byte) {
	for f := range wireFields(raw) {
		switch {
		case f.number == 2 && s.Message == "":
			s.Message = string(f.data)
		case f.number == 3 && len(s.Details) < maxDetails:
			var name string
			var value []byte
			for a := range wireFields(f.data) { // google.protobuf.Any
				switch a.number {
				case 1:
					name = string(a.data)
				case 2:
					value = a.data
				}
			}
			s.Details = append(s.Details, readDetail(name, value))
		}
	}
}

// shape names the fields of a message: texts, and lists of messages of texts.
type shape map[int]struct {
	name string
	item shape // nil: a text
	span bool  // a google.protobuf.Duration
	pair bool  // an entry of a map
}

// shapes are the messages of google/rpc/error_details.proto.
var shapes = map[string]shape{
	"google.rpc.ErrorInfo": {1: {name: "reason"}, 2: {name: "domain"}, 3: {name: "metadata", pair: true}},
	"google.rpc.BadRequest": {1: {name: "fieldViolations", item: shape{
		1: {name: "field"}, 2: {name: "description"}, 3: {name: "reason"},
	}}},
	"google.rpc.QuotaFailure": {1: {name: "violations", item: shape{1: {name: "subject"}, 2: {name: "description"}}}},
	"google.rpc.PreconditionFailure": {1: {name: "violations", item: shape{
		1: {name: "type"}, 2: {name: "subject"}, 3: {name: "description"},
	}}},
	"google.rpc.RetryInfo":        {1: {name: "retryDelay", span: true}},
	"google.rpc.RequestInfo":      {1: {name: "requestId"}, 2: {name: "servingData"}},
	"google.rpc.ResourceInfo":     {1: {name: "resourceType"}, 2: {name: "resourceName"}, 3: {name: "owner"}, 4: {name: "description"}},
	"google.rpc.DebugInfo":        {2: {name: "detail"}},
	"google.rpc.LocalizedMessage": {1: {name: "locale"}, 2: {name: "message"}},
}

// readDetail reads a message of a known type; of others only the type is told.
func readDetail(url string, value []byte) Detail {
	d := Detail{Type: url}
	name := url[strings.LastIndexByte(url, '/')+1:]
	d.Members = members(shapes[name], value)
	return d
}

func members(s shape, raw []byte) []Member {
	var out []Member
	at := map[int]int{}
	for f := range wireFields(raw) {
		known, ok := s[f.number]
		if !ok || f.kind != lengthPrefixed {
			continue
		}
		i, seen := at[f.number]
		if !seen {
			i, at[f.number] = len(out), len(out)
			out = append(out, Member{Name: known.name})
		}
		switch {
		case known.span:
			out[i].Text = duration(f.data)
		case known.pair:
			if len(out[i].Object) < maxItems {
				out[i].Object = append(out[i].Object, pair(f.data))
			}
		case known.item == nil:
			out[i].Text = string(f.data)
		case len(out[i].List) < maxItems:
			out[i].List = append(out[i].List, members(known.item, f.data))
		}
	}
	return out
}

// pair is an entry of a map.
func pair(raw []byte) Member {
	var m Member
	for f := range wireFields(raw) {
		switch f.number {
		case 1:
			m.Name = string(f.data)
		case 2:
			m.Text = string(f.data)
		}
	}
	return m
}

// duration writes a google.protobuf.Duration as its JSON form does: "1.5s".
func duration(raw []byte) string {
	var seconds, nanos uint64
	for f := range wireFields(raw) {
		switch f.number {
		case 1:
			seconds = f.value
		case 2:
			nanos = f.value
		}
	}
	text := strconv.FormatUint(seconds, 10)
	if nanos > 0 && nanos < 1e9 {
		text += "." + strings.TrimRight(strconv.FormatUint(1e9+nanos, 10)[1:], "0")
	}
	return text + "s"
}

// lengthPrefixed is the wire type of texts, bytes and messages
// (https://protobuf.dev/programming-guides/encoding/).
const lengthPrefixed = 2

// A wireField is one field of a message in the wire format.
type wireField struct {
	number, kind int
	value        uint64
	data         []byte
}

// wireFields walks over a message, up to where it is none any more. It goes no
// deeper and allocates nothing.
func wireFields(raw []byte) func(yield func(wireField) bool) {
	return func(yield func(wireField) bool) {
		for len(raw) > 0 {
			tag, n := binary.Uvarint(raw)
			if n <= 0 || tag>>3 == 0 || tag>>3 > 1<<29-1 {
				return
			}
			raw = raw[n:]
			f := wireField{number: int(tag >> 3), kind: int(tag & 7)}
			if raw = f.read(raw); raw == nil || !yield(f) {
				return
			}
		}
	}
}

// read takes the value off and returns what follows; nil if it is broken.
func (f *wireField) read(raw []byte) []byte {
	switch f.kind {
	case 0:
		value, n := binary.Uvarint(raw)
		if n <= 0 {
			return nil
		}
		f.value = value
		return raw[n:]
	case 1, 5:
		size := 8
		if f.kind == 5 {
			size = 4
		}
		if len(raw) < size {
			return nil
		}
		return raw[size:]
	case lengthPrefixed:
		size, n := binary.Uvarint(raw)
		if n <= 0 || size > uint64(len(raw)-n) {
			return nil
		}
		f.data = raw[n : n+int(size)]
		return raw[n+int(size):]
	}
	return nil // groups are not used since proto3
}
