package engines

import "github.com/faultline-http/faultline/contract"

// faultline asserts formats, as it does for OpenAPI requests.
func faultline(c Contract) (func([]byte) bool, error) {
	s, err := contract.CompileSchema(c.Schema, contract.SchemaOptions{AssertFormat: true})
	if err != nil {
		return nil, err
	}
	return s.Valid, nil
}
