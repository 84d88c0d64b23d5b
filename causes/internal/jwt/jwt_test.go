package jwt_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/faultline-http/faultline/causes/internal/jwt"
)

func token(header, claims, signature string) string {
	e := base64.RawURLEncoding.EncodeToString
	return e([]byte(header)) + "." + e([]byte(claims)) + "." + signature
}

var good = token(`{"alg":"RS256","kid":"2026-09","typ":"JWT"}`,
	`{"iss":"https://id.example.com","aud":["orders-api"],"iat":1795184000,"nbf":1795184000,"exp":1795184610.5,"email":"a@example.com"}`, "c2lnbmF0dXJl")

func TestDecodeReadsRegisteredClaims(t *testing.T) {
	t.Parallel()
	got, err := jwt.Decode(good)
	if err != nil {
		t.Fatal(err)
	}
	if got.Algorithm != "RS256" || got.KeyID != "2026-09" || got.Issuer != "https://id.example.com" || len(got.Audience) != 1 || got.Audience[0] != "orders-api" {
		t.Errorf("claims = %+v", got)
	}
	if want := time.Unix(1795184610, 5e8).UTC(); !got.Expires.Equal(want) {
		t.Errorf("exp = %v, want %v", got.Expires, want)
	}
	if got.Length != len(good) {
		t.Errorf("length = %d, want %d", got.Length, len(good))
	}
}

func TestDecodeSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	parts := strings.Split(good, ".")
	for _, tt := range []struct {
		name, text string
		want       jwt.Mistake
	}{
		{"quotes", `"` + good + `"`, jwt.Quoted},
		{"one quote", good + `"`, jwt.Quoted},
		{"scheme twice", "Bearer " + good, jwt.Twice},
		{"line break", parts[0] + ".\n" + parts[1] + "." + parts[2], jwt.Broken},
		{"escaped line break", good + "%0A", jwt.Broken},
		{"undefined", "undefined", jwt.Literal},
		{"placeholder", "<token>", jwt.Bracketed},
		{"template", "{{access_token}}", jwt.Bracketed},
		{"opaque", "gho_abc123", jwt.Opaque},
		{"two parts", parts[0] + "." + parts[1], jwt.Segments},
		{"four parts", good + ".x", jwt.Segments},
		{"six parts", good + ".x.x.x", jwt.Segments},
		{"padding", parts[0] + "==." + parts[1] + "." + parts[2], jwt.Padding},
		{"standard alphabet", parts[0] + "." + parts[1] + "." + "ab+/", jwt.Alphabet},
		{"percent", parts[0] + "." + parts[1] + "." + "ab%", jwt.Alphabet},
		{"cut in a segment", parts[0] + "." + parts[1][:len(parts[1])/4*4-3] + "." + parts[2], jwt.Coding},
		{"claims are not JSON", parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"iss":`)) + "." + parts[2], jwt.NotJSON},
		{"alg none", token(`{"alg":"none"}`, `{"sub":"1"}`, ""), jwt.Unsigned},
		{"alg none, two parts", strings.TrimSuffix(token(`{"alg":"None"}`, `{"sub":"1"}`, ""), "."), jwt.Unsigned},
		{"no signature", parts[0] + "." + parts[1] + ".", jwt.Unsigned},
		{"too long", strings.Repeat("a", 1<<20), jwt.TooLong},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := jwt.Decode(tt.text)
			if err == nil {
				t.Fatal("decoded without an error")
			}
			if err.Mistake != tt.want {
				t.Errorf("mistake = %q (%s), want %q", err.Mistake, err.Message, tt.want)
			}
			if err.Start < 0 || err.End < err.Start || err.End > len(tt.text) {
				t.Errorf("span %d to %d of %d bytes", err.Start, err.End, len(tt.text))
			}
		})
	}
}

func TestMendedTokensDecode(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`"` + good + `"`, `'` + good + `'`, good + `"`, "Bearer " + good, good + "%0A"} {
		_, err := jwt.Decode(text)
		if err == nil || err.Mended != good {
			t.Errorf("mended form of %.20q… is not the token: %v", text, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(good)
	f.Add(`"` + good + `"`)
	f.Add("a.b.c")
	f.Add("....")
	f.Fuzz(func(t *testing.T, text string) {
		claims, err := jwt.Decode(text)
		if err == nil && claims.Length != len(text) {
			t.Errorf("length = %d, want %d", claims.Length, len(text))
		}
		if err != nil && (err.Start < 0 || err.End < err.Start || err.End > len(text)) {
			t.Errorf("span %d to %d of %d bytes", err.Start, err.End, len(text))
		}
	})
}
