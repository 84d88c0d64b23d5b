package ca

import (
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// The files of an authority in its folder.
const (
	certFile = "ca.pem"
	keyFile  = "ca.key"
)

// The PEM labels of RFC 7468, sections 5 and 10.
const (
	certificateBlock = "CERTIFICATE"
	keyBlock         = "PRIVATE KEY"
)

// maxFile bounds what is read of a file: more than any certificate or key of ours.
const maxFile = 64 << 10

// CertPath is where the certificate of the folder's authority is.
func CertPath(folder string) string { return filepath.Join(folder, certFile) }

// Load reads the authority of the folder. Its error is [fs.ErrNotExist] if there
// is none. Files that do not belong together, that others may read, or whose
// time is over are refused, each with its reason.
func Load(folder string) (*Authority, error) {
	cert, err := loadCertificate(CertPath(folder))
	if err != nil {
		return nil, err
	}
	key, err := loadKey(filepath.Join(folder, keyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("ca: %s has a certificate and no key; remove the folder, and a new authority is made", folder)
	}
	if err != nil {
		return nil, err
	}
	if !key.PublicKey.Equal(cert.PublicKey) {
		return nil, fmt.Errorf("ca: %s and %s in %s are of two authorities; remove the folder, and a new one is made", certFile, keyFile, folder)
	}
	if now := time.Now(); now.After(cert.NotAfter) {
		return nil, &ExpiredError{Name: cert.Subject.CommonName, At: cert.NotAfter}
	}
	return newAuthority(cert, key), nil
}

// An ExpiredError says that the time of an authority is over.
type ExpiredError struct {
	Name string
	At   time.Time
}

func (e *ExpiredError) Error() string {
	return fmt.Sprintf("ca: `%s` expired at %s", e.Name, e.At.UTC().Format(time.RFC3339))
}

func loadCertificate(path string) (*x509.Certificate, error) {
	block, err := onlyBlock(path, certificateBlock)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("ca: %s: %w", path, err)
	}
	if !cert.IsCA {
		return nil, fmt.Errorf("ca: %s is not the certificate of an authority", path)
	}
	return cert, nil
}

func loadKey(path string) (*ecdsa.PrivateKey, error) {
	if err := private(path); err != nil {
		return nil, err
	}
	block, err := onlyBlock(path, keyBlock)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("ca: %s holds no key that can be read", path) // the cause could quote of it
	}
	key, ok := parsed.(*ecdsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("ca: %s holds a key of another kind than ECDSA", path)
	}
	return key, nil
}

// onlyBlock reads a file of exactly one PEM block. With two certificates in it,
// some programs would trust the first and others both.
func onlyBlock(path, label string) (*pem.Block, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("ca: %s is larger than a %s can be", path, label)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, rest := pem.Decode(data)
	if block == nil || block.Type != label {
		return nil, fmt.Errorf("ca: %s does not begin with a %s in PEM", path, label)
	}
	if more, _ := pem.Decode(rest); more != nil {
		return nil, fmt.Errorf("ca: %s holds more than one block, and which of them counts is not clear; remove the folder, and a new authority is made", path)
	}
	return block, nil
}

// save writes both files into a folder beside the final one, which then takes
// its name: who looks sees both or none.
func (a *Authority) save(folder string) (err error) {
	der, err := x509.MarshalPKCS8PrivateKey(a.key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(folder), 0o700); err != nil {
		return err
	}
	made, err := os.MkdirTemp(filepath.Dir(folder), filepath.Base(folder)+".new-") // 0700
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(made))
		}
	}()
	key := pem.EncodeToMemory(&pem.Block{Type: keyBlock, Bytes: der})
	err = errors.Join(
		os.WriteFile(filepath.Join(made, keyFile), key, 0o600),
		os.WriteFile(filepath.Join(made, certFile), a.PEM(), 0o600),
	)
	if err != nil {
		return err
	}
	return moveInto(made, folder)
}

// moveInto gives the made folder its name, unless another program was faster.
func moveInto(made, folder string) error {
	err := os.Rename(made, folder)
	if err == nil {
		return nil
	}
	if _, statErr := os.Stat(CertPath(folder)); statErr == nil {
		return ErrExists
	}
	return err
}

// Delete removes the authority of the folder with its key. Trust stores are not
// touched.
func Delete(folder string) error { return os.RemoveAll(folder) }
