package words

import "testing"

func BenchmarkRead(b *testing.B) {
	for _, s := range samples[:3] {
		b.Run(s.system, func(b *testing.B) {
			for b.Loop() {
				Read([]byte(s.body))
			}
		})
	}
	b.Run("page", func(b *testing.B) {
		page := []byte("<html><head><title>Error</title></head><body><pre>TypeError: Cannot read properties of undefined (reading 'name')<br> &nbsp; at /srv/api.js:23:59</pre></body></html>")
		for b.Loop() {
			Read(page)
		}
	})
}
