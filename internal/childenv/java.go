package childenv

import (
	"fmt"
	"net"
	"strings"

	"software.sslmate.com/src/go-pkcs12"
)

// javaPassword protects nothing: the store holds public certificates. Java
// checks the file's integrity with it.
const javaPassword = "changeit"

// javaTrustStore is the list as Java reads it, from version 8 on.
func javaTrustStore(bundle []byte) ([]byte, error) {
	certs := parse(bundle)
	entries := make([]pkcs12.TrustStoreEntry, len(certs))
	for i, c := range certs {
		entries[i] = pkcs12.TrustStoreEntry{Cert: c, FriendlyName: fmt.Sprintf("authority-%d", i)}
	}
	// The encryption is an old one, which every Java since 8 knows; nothing in there is secret.
	return pkcs12.LegacyDES.EncodeTrustStoreEntries(entries, javaPassword)
}

// setJava puts proxy and trust store into JAVA_TOOL_OPTIONS, which every
// virtual machine reads, and says so in a line on stderr. What the user had in
// there comes last, so that it wins.
func (e *environment) setJava(o Options, store string) error {
	host, port, err := net.SplitHostPort(o.Proxy)
	if err != nil {
		return err
	}
	options := []string{
		"-Dhttp.proxyHost=" + host, "-Dhttp.proxyPort=" + port,
		"-Dhttps.proxyHost=" + host, "-Dhttps.proxyPort=" + port,
		// An empty list of exceptions; without one, localhost is an exception.
		"-Dhttp.nonProxyHosts=" + strings.Join(o.NoProxy, "|"),
	}
	if store != "" {
		options = append(options,
			"-Djavax.net.ssl.trustStore="+store, "-Djavax.net.ssl.trustStoreType=PKCS12", "-Djavax.net.ssl.trustStorePassword="+javaPassword)
	}
	for i, option := range options {
		options[i] = quoteJava(option)
	}
	if own := e.get("JAVA_TOOL_OPTIONS"); own != "" {
		options = append(options, own)
	}
	e.set("JAVA_TOOL_OPTIONS", strings.Join(options, " "))
	return nil
}

// quoteJava quotes an option with spaces or bars in it: the virtual machine
// splits at white space and knows both quotes, and no escapes.
func quoteJava(option string) string {
	switch {
	case !strings.ContainsAny(option, " \t"):
		return option
	case strings.Contains(option, `"`):
		return "'" + option + "'"
	}
	return `"` + option + `"`
}
