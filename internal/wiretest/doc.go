// Package wiretest plays random HTTP/1.x exchanges between a raw client and a
// raw server, through whatever stands between the two, and compares every byte
// at both ends. It is for tests: what may differ is only what RFC 9110 and RFC
// 9112 ask of an intermediary. It shares no code with the proxy, so that both
// cannot be wrong in the same way.
//
//	server, err := wiretest.NewServer()
//	defer server.Close()
//	// a proxy in front of server.Addr() listens at addr
//	script := wiretest.Generate(seed)
//	if err := server.Play(addr, script); err != nil {
//		script = wiretest.Reduce(script, func(s *wiretest.Script) bool { return server.Play(addr, s) != nil })
//	}
package wiretest
