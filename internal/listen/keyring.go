package listen

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// watchEvery is how often the files are looked at. Their times and sizes are
// asked for rather than events of the file system: that works on network
// volumes and with the symbolic links by which Kubernetes swaps secrets.
const watchEvery = 3 * time.Second

// keyring has the certificates in use and looks for changed files.
type keyring struct {
	pairs   []Pair
	cas     []string
	strict  bool
	issuer  Issuer
	notify  func(Topic, string, ...any)
	current atomic.Pointer[table]

	mu     sync.Mutex // of what follows; handshakes take none
	loaded []*tls.Certificate
	stamps []stamp // of the files that were tried last
	failed bool    // they could not be used, and nobody was told yet
	cancel context.CancelFunc
	users  int
	done   sync.WaitGroup
}

// table is what handshakes use. It does not change.
type table struct {
	names   map[string][]*tls.Certificate // by name in lower case; "*.example.com" for any first label
	first   *tls.Certificate
	clients *x509.CertPool
}

// stamp tells whether a file changed.
type stamp struct {
	mtime time.Time
	size  int64
}

func newKeyring(t *TLS, notify func(Topic, string, ...any)) *keyring {
	return &keyring{
		pairs: t.Pairs, cas: t.ClientCAs, strict: t.Strict, issuer: t.Issuer, notify: notify,
		loaded: make([]*tls.Certificate, len(t.Pairs)),
	}
}

// watch looks for changed files until as many listeners have released the keyring.
func (k *keyring) watch(users int) {
	ctx, cancel := context.WithCancel(context.Background())
	k.users, k.cancel = users, cancel
	k.done.Go(func() {
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				k.poll()
			case <-ctx.Done():
				return
			}
		}
	})
}

func (k *keyring) release() {
	k.mu.Lock()
	k.users--
	last := k.users == 0
	k.mu.Unlock()
	if last && k.cancel != nil {
		k.cancel()
		k.done.Wait()
	}
}

// poll reloads what changed. A certificate is often replaced a moment before its
// key: what cannot be used is an error only if it stays so until the next look.
func (k *keyring) poll() {
	stamps := k.stat()
	k.mu.Lock()
	same, failed := slices.Equal(stamps, k.stamps), k.failed
	k.mu.Unlock()
	if same && !failed {
		return
	}
	err := k.reload()
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case err == nil:
		k.failed = false
		k.notify(Reloaded, "the certificate files changed and are in use")
	case same:
		k.failed = false // said once for these files
		k.notify(ReloadError, "the certificate files changed and cannot be used, the ones before stay in use: %v", err)
	default:
		k.failed = true
	}
}

func (k *keyring) stat() []stamp {
	var out []stamp
	add := func(name string) {
		info, err := os.Stat(name)
		if err != nil {
			out = append(out, stamp{size: -1})
			return
		}
		out = append(out, stamp{info.ModTime(), info.Size()})
	}
	for _, p := range k.pairs {
		add(p.Cert)
		add(p.Key)
	}
	for _, name := range k.cas {
		add(name)
	}
	return out
}

// reload reads all files. Those that can be used come into use even if others
// cannot; what cannot leaves what it had before standing.
func (k *keyring) reload() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.stamps = k.stat()
	var errs []error
	for i, p := range k.pairs {
		c, err := p.load()
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if old := k.loaded[i]; old == nil || !old.Leaf.Equal(c.Leaf) {
			k.warnOfExpiry(p, c.Leaf)
		}
		k.loaded[i] = c
	}
	clients, err := loadAuthorities(k.cas)
	before := k.current.Load()
	if err != nil {
		errs = append(errs, err)
		if before != nil {
			clients = before.clients
		}
	}
	if len(errs) == 0 || before != nil {
		k.current.Store(newTable(k.loaded, clients))
	}
	return errors.Join(errs...)
}

// expiringWithin is when to speak of the end of a certificate: half of the time
// by which ACME clients renew those of ninety days.
const expiringWithin = 14 * 24 * time.Hour

func (k *keyring) warnOfExpiry(p Pair, leaf *x509.Certificate) {
	left := time.Until(leaf.NotAfter)
	switch {
	case left < 0:
		k.notify(Expiring, "the certificate %s has expired at %s: clients will refuse it", p.Cert, leaf.NotAfter.UTC().Format(time.RFC3339))
	case left < expiringWithin:
		k.notify(Expiring, "the certificate %s expires at %s", p.Cert, leaf.NotAfter.UTC().Format(time.RFC3339))
	}
}

// certificate chooses by the name that the client asks for.
func (k *keyring) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	t := k.current.Load()
	if c := t.find(hello); c != nil {
		return c, nil
	}
	if k.issuer != nil {
		if c, err := k.issuer.Certificate(hello); c != nil || err != nil {
			return c, err
		}
	}
	switch {
	case k.strict && hello.ServerName != "" || t.first == nil:
		return nil, &nameError{hello.ServerName}
	}
	return t.first, nil
}

// A nameError says that there is no certificate for a name.
type nameError struct{ name string }

func (e *nameError) Error() string {
	if e.name == "" {
		return "no certificate for clients that send no server name"
	}
	return fmt.Sprintf("no certificate for the server name %q", e.name)
}
