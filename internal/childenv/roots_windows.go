package childenv

import (
	"bytes"
	"encoding/pem"
	"unsafe"

	"golang.org/x/sys/windows"
)

// systemRoots are the authorities of the store ROOT: Windows has no file of them.
func systemRoots() []byte {
	name, err := windows.UTF16PtrFromString("ROOT")
	if err != nil {
		return nil
	}
	store, err := windows.CertOpenSystemStore(0, name)
	if err != nil {
		return firstBundle()
	}
	defer func() { _ = windows.CertCloseStore(store, 0) }()
	var out bytes.Buffer
	var c *windows.CertContext
	for {
		// Each call frees the certificate before; the last one returns an error.
		if c, err = windows.CertEnumCertificatesInStore(store, c); err != nil || c == nil {
			return out.Bytes()
		}
		der := bytes.Clone(unsafe.Slice(c.EncodedCert, c.Length))
		_ = pem.Encode(&out, &pem.Block{Type: "CERTIFICATE", Bytes: der}) // a buffer takes all
	}
}
