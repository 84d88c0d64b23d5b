package differential

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
)

// A Verdict is what a validator says of a case.
type Verdict string

// The verdicts. Refused means that the validator did not take the contract, or broke down.
const (
	Valid   Verdict = "valid"
	Invalid Verdict = "invalid"
	Refused Verdict = "refused"
)

// Peers are the validators that the cases are held to.
var Peers = map[string]func(*Case) (Verdict, string){"kin-openapi": kin, "libopenapi-validator": libopenapiValidator}

// Ask asks a peer. One that panics has refused.
func Ask(peer func(*Case) (Verdict, string), c *Case) (v Verdict, why string) {
	defer func() {
		if p := recover(); p != nil {
			v, why = Refused, fmt.Sprint("panic: ", p)
		}
	}()
	return peer(c)
}

func (c *Case) request() (*http.Request, error) {
	target, err := url.ParseRequestURI(c.Target)
	if err != nil {
		return nil, err
	}
	r := &http.Request{
		Method: c.Method, URL: target, Host: "localhost", Header: c.Header.Clone(), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		RequestURI: c.Target, Body: io.NopCloser(bytes.NewReader(c.Body)), ContentLength: int64(len(c.Body)),
	}
	if len(c.Body) == 0 {
		r.Body = http.NoBody
	}
	return r, nil
}

func kin(c *Case) (Verdict, string) {
	ctx := context.Background()
	doc, err := kinDocument(c)
	if err != nil {
		return Refused, err.Error()
	}
	if err := doc.Validate(ctx, openapi3.DisableSchemaDefaultsValidation()); err != nil {
		return Refused, err.Error()
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		return Refused, err.Error()
	}
	r, err := c.request()
	if err != nil {
		return Invalid, err.Error()
	}
	route, params, err := router.FindRoute(r)
	if err != nil {
		return Invalid, err.Error()
	}
	options := &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true,
		ExcludeReadOnlyValidations: true, ExcludeWriteOnlyValidations: true,
		SchemaValidationOptions: []openapi3.SchemaValidationOption{openapi3.EnableFormatValidation()},
	}
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: options}
	if c.Answer == nil {
		err = openapi3filter.ValidateRequest(ctx, in)
	} else {
		answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: c.Answer.Status, Header: c.Answer.Header.Clone(), Options: options}
		err = openapi3filter.ValidateResponse(ctx, answer.SetBodyBytes(c.Answer.Body))
	}
	if err != nil {
		return Invalid, err.Error()
	}
	return Valid, ""
}

// kinDocument converts a contract of OpenAPI 2.0, as kin-openapi asks its users to.
func kinDocument(c *Case) (*openapi3.T, error) {
	if !bytes.Contains(c.Contract, []byte(`"swagger":`)) {
		return openapi3.NewLoader().LoadFromData(c.Contract)
	}
	var old openapi2.T
	if err := json.Unmarshal(c.Contract, &old); err != nil {
		return nil, err
	}
	return openapi2conv.ToV3(&old)
}

func libopenapiValidator(c *Case) (Verdict, string) {
	doc, err := libopenapi.NewDocument(c.Contract)
	if err != nil {
		return Refused, err.Error()
	}
	v, errs := validator.NewValidator(doc, config.WithLogger(slog.New(slog.DiscardHandler)), config.WithFormatAssertions(),
		config.WithXmlBodyValidation(), config.WithURLEncodedBodyValidation())
	if len(errs) > 0 {
		return Refused, errs[0].Error()
	}
	r, err := c.request()
	if err != nil {
		return Invalid, err.Error()
	}
	ok, found := false, ""
	if c.Answer == nil {
		valid, mistakes := v.ValidateHttpRequestSync(r)
		ok = valid
		for _, m := range mistakes {
			found += m.Message + "; "
		}
	} else {
		valid, mistakes := v.ValidateHttpResponse(r, &http.Response{
			StatusCode: c.Answer.Status, Header: c.Answer.Header.Clone(), Body: io.NopCloser(bytes.NewReader(c.Answer.Body)), Request: r,
		})
		ok = valid
		for _, m := range mistakes {
			found += m.Message + "; "
		}
	}
	if ok {
		return Valid, ""
	}
	return Invalid, found
}
