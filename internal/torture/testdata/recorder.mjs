// Says each request that it understood on a line, waits to be told that the line was read, and answers with it.
import http from "node:http";

const waiting = [];
process.stdin.on("data", (lines) => {
  for (const _ of lines) waiting.shift()();
});
process.stdin.on("end", () => process.exit());

const quoted = (body) => JSON.stringify(body.toString("latin1"));
const server = http.createServer((req, res) => {
  const pieces = [];
  req.on("data", (piece) => pieces.push(piece));
  req.on("end", () => {
    const saw = `${req.method} ${req.url} ${quoted(Buffer.concat(pieces))}`;
    waiting.push(() => res.end("saw " + saw));
    process.stdout.write(saw + "\n");
  });
});
server.keepAliveTimeout = 60000;
server.listen(0, "127.0.0.1", () => console.log("127.0.0.1:" + server.address().port));
