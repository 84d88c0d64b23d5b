package lexicon

import (
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"RateLimitExceeded": "rate limit exceeded", "RATE_LIMIT_EXCEEDED": "rate limit exceeded", "rate-limit  exceeded\n": "rate limit exceeded",
		"JWTExpired": "jwt expired", "OAuth token": "oauth token", "doesn’t": "doesn't", "": "", " _- ": "",
		"com.example.TokenError: x": "com.example.token error: x", "HTTP2Error": "http2 error", "userID is Missing": "user id is missing",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	var b Book
	rate := b.Topic("rate", "rate limit*", "throttl*")
	expired := b.Topic("expired", "token ~ expired", "jwt expired")
	failure := b.Topic("failure", "*exception")
	plan := b.Topic("plan", "plan")
	for _, c := range []struct {
		text string
		want []Topic
	}{
		{"API rate limit exceeded", []Topic{rate}},
		{"userRateLimitExceeded", []Topic{rate}},
		{"ThrottlingException", []Topic{rate, failure}},
		{"javax.NullPointerException: x", []Topic{failure}},
		{"the token that was sent has expired", []Topic{expired}},
		{"a token. it expired", nil},
		{"token tokenexpired", nil},
		{"an explanation of a planet", nil},
		{"your plan: free", []Topic{plan}},
		{"unthrottled", nil},
		{"pl", nil},
	} {
		r := b.Read(Fold(c.text))
		for topic := range Topic(len(b.names)) {
			want := false
			for _, w := range c.want {
				want = want || w == topic
			}
			if got := r.About(topic); got != want {
				t.Errorf("%q is about %s: %v, want %v", c.text, b.Name(topic), got, want)
			}
			if (r.Words(topic) != "") != want {
				t.Errorf("%q: the words of %s are %q", c.text, b.Name(topic), r.Words(topic))
			}
		}
	}
}

// TestReadIsBounded: a text that repeats what begins phrases costs no more than its length asks for.
func TestReadIsBounded(t *testing.T) {
	t.Parallel()
	var b Book
	b.Topic("gap", "token ~ expired")
	r := b.Read(strings.Repeat("token expired ", 10_000))
	if len(r.Hits) != mostHits {
		t.Errorf("%d hits, want %d", len(r.Hits), mostHits)
	}
}

func TestPhrasesThatCannotBeKept(t *testing.T) {
	t.Parallel()
	for _, phrase := range []string{"", "ab", "Token", "token ~", "*"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q was taken", phrase)
				}
			}()
			var b Book
			b.Topic("t", phrase)
			b.Read("text")
		}()
	}
}

func FuzzRead(f *testing.F) {
	var b Book
	b.Topic("a", "token ~ expired", "rate limit*", "*exception", "a b c")
	f.Add("the token expired")
	f.Fuzz(func(t *testing.T, text string) {
		folded := Fold(text)
		if again := Fold(folded); again != folded {
			t.Errorf("Fold(%q) = %q, and folded again %q", text, folded, again)
		}
		r := b.Read(folded)
		for _, h := range r.Hits {
			if h.Start < 0 || h.End > len(folded) || h.Start >= h.End {
				t.Errorf("hit %v of %q", h, folded)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var book Book
	nouns := strings.Fields("token session request account client api.key password signature audience issuer scope role quota plan limit rate server gateway upstream connection certificate header body field parameter value path route method origin")
	states := strings.Fields("missing invalid expired revoked unknown required malformed forbidden exceeded refused closed disabled suspended unsupported empty duplicate truncated")
	for _, noun := range nouns {
		for _, state := range states {
			book.Topic("t", noun+" is "+state, state+" "+noun, noun+" "+state+"*")
			if len(book.names) == MostTopics {
				break
			}
		}
		if len(book.names) == MostTopics {
			break
		}
	}
	text := Fold(strings.Repeat(`{"error":{"code":"InvalidAuthenticationToken","message":"Access token is invalid or was revoked, ask for a new one"}} `, 3))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		book.Read(text)
	}
}
