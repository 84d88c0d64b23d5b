// Package stream reads what passes piece by piece while it passes: WebSocket
// frames, the messages of gRPC, events and lines, the parts of multipart bodies.
// It is shown the bytes, keeps as little of them as it can, and touches none:
// memory is bounded however long a stream is.
//
//	s := stream.NewSession(answer.Header.Value("Sec-WebSocket-Extensions"))
//	client, server := s.FromClient(), s.FromServer()
//	client.Write(piece)   // as often as something passes, in pieces of any size
//	client.End(); server.End()
//	fmt.Println(s.Failure())
package stream
