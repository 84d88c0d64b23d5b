package cli

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/faultline-http/faultline/causes"
)

// keyFlags name what tokens are verified with: the issuer's keys, from a file or
// fetched. This is the one thing that these commands ever fetch.
type keyFlags struct {
	jwks   string
	openID string
}

func (k *keyFlags) add(fs *pflag.FlagSet) {
	fs.StringVar(&k.jwks, "jwks", "", "keys of the tokens' issuer, a JWK Set: a file, or an address that is fetched")
	fs.StringVar(&k.openID, "openid", "", "the tokens' issuer: its address or its OpenID configuration, whose keys are fetched")
	argName(fs, "jwks", "FILE|URL")
	argName(fs, "openid", "URL|FILE")
}

// fetchWait is how long an issuer may take for one document: who waits for an
// explanation does not wait longer.
const fetchWait = 10 * time.Second

// load reads the keys; nil if none were named.
func (k *keyFlags) load(ctx context.Context) (*causes.Keys, error) {
	if k.jwks == "" && k.openID == "" {
		return nil, nil
	}
	var issuer causes.Issuer
	from := k.jwks
	if k.openID != "" {
		name := configurationOf(k.openID)
		document, err := document(ctx, "openid", name)
		if err != nil {
			return nil, err
		}
		if issuer, err = causes.ReadIssuer(document); err != nil {
			return nil, inputf("give the issuer's address, such as https://id.example.com", "--openid %s: %w", name, err)
		}
		if from == "" {
			from = issuer.JWKSURI
		}
	}
	document, err := document(ctx, "jwks", from)
	if err != nil {
		return nil, err
	}
	keys, err := causes.ReadKeys(document, issuer)
	if err != nil {
		return nil, inputf("a JWK Set looks like {\"keys\": [{\"kty\": \"RSA\", …}]}", "--jwks %s: %w", from, err)
	}
	return keys, nil
}

// configurationOf completes an issuer's address (OpenID Connect Discovery,
// section 4): the configuration lies below it.
func configurationOf(name string) string {
	if !address(name) || strings.Contains(name, "/.well-known/") {
		return name
	}
	return strings.TrimSuffix(name, "/") + "/.well-known/openid-configuration"
}

func address(name string) bool {
	return strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://")
}

// document reads a file or fetches an address, and no more than a document of
// an issuer may have.
func document(ctx context.Context, flag, name string) ([]byte, error) {
	if !address(name) {
		f, err := os.Open(name)
		if err != nil {
			return nil, inputf("", "--%s: %w", flag, err)
		}
		defer f.Close()
		return bounded(f, flag, name)
	}
	ctx, cancel := context.WithTimeout(ctx, fetchWait)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, name, nil)
	if err != nil {
		return nil, inputf("", "--%s: %w", flag, err)
	}
	r.Header.Set("Accept", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, inputf("save the document and give the file instead", "--%s cannot be fetched: %w", flag, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, inputf("look at the address in a browser", "--%s %s: the server answered %d", flag, name, answer.StatusCode)
	}
	return bounded(answer.Body, flag, name)
}

func bounded(r io.Reader, flag, name string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, causes.MaxKeyDocument+1))
	if err == nil && len(data) > causes.MaxKeyDocument {
		err = fmt.Errorf("it is larger than %d bytes", causes.MaxKeyDocument)
	}
	if err != nil {
		return nil, inputf("", "--%s %s: %w", flag, name, err)
	}
	return data, nil
}
