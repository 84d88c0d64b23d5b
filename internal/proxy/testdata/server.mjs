// The server of the byte comparison: prints its port, ends when stdin ends.
import http from "node:http";

const server = http.createServer((req, res) => {
  const path = new URL(req.url, "http://x").pathname;
  switch (path) {
    case "/json":
      res.writeHead(200, { "Content-Type": "application/json", "X-CaSe": "Kept", "x-twice": ["1", "2"] });
      return res.end('{"a": 1,\n "b": "é"}');
    case "/empty":
      res.writeHead(204);
      return res.end();
    case "/etag":
      res.writeHead(304, { ETag: '"v1"' });
      return res.end();
    case "/trailers":
      res.writeHead(200, { Trailer: "X-Sum", "Content-Type": "text/plain" });
      res.write("one");
      res.write("two");
      res.addTrailers({ "X-Sum": "42" });
      return res.end();
    default:
      res.writeHead(201, { "Content-Type": req.headers["content-type"] ?? "text/plain" });
      req.pipe(res);
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit(0));
