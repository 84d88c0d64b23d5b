// Package faultline is the vocabulary that every other package speaks: what
// one HTTP call was ([Exchange]), what can go wrong with it ([Cause]), what was
// found in one call ([Finding]) and the ranked answer ([Diagnosis]).
//
// The package holds data and the questions that the data itself can answer. It
// opens nothing, waits for nothing and remembers nothing. To find out why a
// call failed, hand an Exchange to package diagnose:
//
//	c, err := contract.Load(os.DirFS("."), "orders.yaml")
//	engine := diagnose.New(diagnose.WithContract(c))
//	d := engine.Diagnose(ex)
//	if f, ok := d.Primary(); ok {
//		fmt.Println(f.Cause.Slug, f.Cause.Party, f.At)
//	}
package faultline
