package hop

// numbered are the phrases in which a numbered error is shown: "error code:
// 1020", "Error 1020", `"error_code":1020`.
func numbered(codes ...string) []string {
	var out []string
	for _, c := range codes {
		out = append(out, "error code: "+c, "error code "+c, "error "+c, `error code":`+c, `error code": `+c)
	}
	return out
}
