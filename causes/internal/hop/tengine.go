package hop

import "github.com/faultline-http/faultline"

// Tengine is Alibaba's nginx.
func init() {
	add(System{
		Name: "Tengine", Kind: Web,
		Marks: []Mark{{Field: "server", Value: "tengine"}, {Page: "bad gateway tengine"}, {Page: "gateway time out tengine"}, {Page: "powered by tengine"}},
		Tells: []Tell{{Status: 504, Says: []string{"gateway time out"}, Shared: true, Cause: "gateway.upstream-timeout"}},
		Log: Log{Where: "its error log", Lines: map[faultline.Slug]string{
			"gateway.upstream-refused": "connect() failed (111: Connection refused)",
			"gateway.upstream-timeout": "upstream timed out (110: Connection timed out)",
		}},
	})
}
