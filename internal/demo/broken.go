package demo

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"time"
)

// closedPort is where the search for a port without listener begins. It lies
// below the ports that systems hand out, so that none of our own connections
// comes to stand there.
const closedPort = 8099

// startBroken prepares the addresses at which no call can succeed.
func (d *Demo) startBroken() error {
	closed, err := nobodyListens()
	if err != nil {
		return err
	}
	silent, err := d.neverAnswers()
	if err != nil {
		return err
	}
	unsafe, err := d.selfSigned()
	if err != nil {
		return err
	}
	d.places.closed, d.places.silent, d.places.unsafe = closed, silent, unsafe
	return nil
}

// nobodyListens finds an address at which connections are refused.
func nobodyListens() (string, error) {
	for p := closedPort; p < closedPort+mostPorts; p++ {
		address := fmt.Sprintf("127.0.0.1:%d", p)
		ln, err := net.Listen("tcp", address)
		if err != nil {
			continue
		}
		return address, ln.Close()
	}
	return "", fmt.Errorf("demo: the ports from %d to %d are all taken", closedPort, closedPort+mostPorts-1)
}

// neverAnswers accepts connections and keeps silent on them until the demo ends.
func (d *Demo) neverAnswers() (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("demo: %w", err)
	}
	d.close = append(d.close, ln.Close)
	d.serving.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			d.serving.Go(func() {
				defer conn.Close()
				// Each caller gives up by itself; the deadline is for one that forgot to.
				_ = conn.SetDeadline(time.Now().Add(4 * d.opts.Patience))
				_, _ = io.Copy(io.Discard, conn)
			})
		}
	})
	return ln.Addr().String(), nil
}

// selfSigned serves HTTPS with a certificate that it made itself.
func (d *Demo) selfSigned() (string, error) {
	cert, err := selfSignedCertificate()
	if err != nil {
		return "", fmt.Errorf("demo: %w", err)
	}
	ln, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}})
	if err != nil {
		return "", fmt.Errorf("demo: %w", err)
	}
	server := &http.Server{Handler: http.NotFoundHandler(), ReadHeaderTimeout: 10 * time.Second, ErrorLog: quiet()}
	d.close = append(d.close, server.Close)
	d.serving.Go(func() { _ = server.Serve(ln) })
	return ln.Addr().String(), nil
}

func selfSignedCertificate() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "orders.example.com"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(24 * time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

// quiet is for servers whose callers break off on purpose.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
