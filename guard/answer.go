package guard

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/faultline-http/faultline"
	"github.com/faultline-http/faultline/causes"
)

// Client is what the guard has to know about the receiver of its own answers.
type Client struct {
	Loopback bool   // it is on this machine
	Base     string // put before a slug to link to its page, if Problem.Base is empty; "": no links
}

// An Answer is a response that the guard makes itself.
type Answer struct {
	Status int
	Header faultline.Header
	Body   []byte
}

func lookup(slug faultline.Slug) (faultline.Cause, bool) {
	r, ok := causes.Lookup(slug)
	return r.Cause, ok
}

// Answer makes the response for a refusal and notes it in the exchange.
func (c *Call) Answer(r *Refusal, to Client) Answer {
	c.refused = true
	c.d = r.Diagnosis
	c.label(LabelAction, r.Action)
	body, _ := json.Marshal(map[string]any{"title": r.Title, "status": r.Status, "id": c.Exchange.ID})
	h := faultline.Header{{Name: "Content-Type", Value: "application/problem+json"}, {Name: "Cache-Control", Value: "no-store"}}
	h = append(h, c.fields(r.Action)...)
	h = append(h, r.Fields...)
	h = append(h, faultline.Field{Name: "Content-Length", Value: strconv.Itoa(len(body))})
	c.Exchange.Response = &faultline.Response{Status: r.Status, Reason: http.StatusText(r.Status), Proto: "HTTP/1.1", Header: h, Body: faultline.NewBody(body)}
	return Answer{Status: r.Status, Header: h, Body: body}
}

// fields are the header fields by which the guard owns up to its own hand.
func (c *Call) fields(action string) faultline.Header {
	h := faultline.Header{{Name: "Faultline-Id", Value: c.Exchange.ID}, {Name: "Faultline-Action", Value: action}}
	if f, ok := c.d.Primary(); ok {
		h = append(h, faultline.Field{Name: "Faultline-Cause", Value: string(f.Cause.Slug)})
	}
	return h
}
