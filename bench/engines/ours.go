package engines

import "github.com/faultline-http/faultline/contract"

// faultline asserts formats, as it does for OpenAPI requests.
func faultline(c Contract) (func([]byte) bool, error) {
	s, err := ours(c)
	if err != nil {
		return nil, err
	}
	return s.Valid, nil
}

func faultlineExplain(c Contract) (func([]byte) bool, error) {
	s, err := ours(c)
	if err != nil {
		return nil, err
	}
	return func(body []byte) bool { return len(s.Explain(body)) == 0 }, nil
}

func ours(c Contract) (*contract.Schema, error) {
	return contract.CompileSchema(c.Schema, contract.SchemaOptions{AssertFormat: true})
}
