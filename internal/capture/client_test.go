package capture

import "testing"

// FuzzClientWords reads any text as each language's.
func FuzzClientWords(f *testing.F) {
	formats := append(clientFormats(), dotnetWords.format(), browserWords.format())
	for _, format := range formats {
		seed(f, format)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range formats {
			for _, ex := range fuzzDecode(t, format, data) {
				if ex.Response == nil && (ex.Failure == nil || ex.Failure.Text == "") {
					t.Fatalf("%s: an exchange without an answer and without words", format.Name)
				}
				if ex.Failure != nil && len(ex.Failure.Text) > 2*mostWords {
					t.Fatalf("%s: %d bytes of words", format.Name, len(ex.Failure.Text))
				}
			}
		}
	})
}

func FuzzAxios(f *testing.F) { fuzz(f, axiosFormat()) }
