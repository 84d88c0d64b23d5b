// A server of streams and a client of WebSockets for tests. As a server it prints its port and ends with
// its standard input; with an address as its argument it connects there with Node's own WebSocket.
import http from 'node:http'
import crypto from 'node:crypto'

const address = process.argv[2]
if (address) {
  const socket = new WebSocket(address)
  socket.onopen = () => { for (const text of ['hello', 'x'.repeat(70000)]) socket.send(text) }
  socket.onmessage = () => process.argv[3] === 'leave' && socket.close(3000, 'enough')
  socket.onerror = () => {}
  socket.onclose = (e) => console.log(`${e.code} ${e.reason} ${e.wasClean}`)
} else {
  const server = http.createServer((req, res) => {
    req.resume()
    if (req.url === '/events') {
      res.writeHead(200, {'Content-Type': 'text/event-stream'})
      for (let i = 0; i < 2000; i++) res.write(`id: ${i}\ndata: {"price": ${i}}\n\n`)
      res.end('event: error\ndata: {"error": {"code": "rate_limit_exceeded", "message": "Rate limit reached"}}\n\n')
    } else if (req.url === '/cut') {
      res.writeHead(200, {'Content-Type': 'text/event-stream'})
      res.write('data: 1\n\ndata: ', () => res.socket.destroy())
    } else {
      res.writeHead(200, {'Content-Type': 'application/grpc', Trailer: 'grpc-status, grpc-message'})
      res.write(Buffer.from([0, 0, 0, 0, 2, 8, 7]))
      res.addTrailers({'grpc-status': '5', 'grpc-message': 'no order 7'})
      res.end()
    }
  })
  const frame = (first, payload) => Buffer.concat([Buffer.from(payload.length < 126 ? [first, payload.length] : [first, 126, payload.length >> 8, payload.length & 255]), payload])
  const closing = (code, reason) => frame(0x88, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)]))
  server.on('upgrade', (req, socket) => {
    const accept = crypto.createHash('sha1').update(req.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64')
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
    socket.on('error', () => {})
    socket.once('data', (first) => {
      socket.write(frame(0x81, Buffer.from('welcome')))
      if (req.url === '/boom') socket.end(closing(1011, 'boom'))
      if (req.url === '/bad') socket.end(frame(0x83, Buffer.from('x')))
      if (req.url === '/gone') socket.destroy()
      if (req.url === '/well') socket.end(closing(1000, ''))
      if (req.url === '/leave') {
        // Pieces come as the network likes: the close frame follows the two messages, wherever it is cut.
        let left = 2 + 4 + 'hello'.length + 2 + 8 + 4 + 70000 - first.length
        const ended = () => left < 0 && socket.end(closing(3000, ''))
        socket.on('data', (data) => { left -= data.length; ended() })
        ended()
      }
    })
  })
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
  process.stdin.on('end', () => process.exit()).resume()
}
