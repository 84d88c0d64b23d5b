// Makes the call that stdin describes, with fetch, and prints status and body.
import { readFileSync } from "node:fs";

const { url, method, headers, body, chunked, form } = JSON.parse(readFileSync(0, "utf8"));
let content = body || undefined;
if (form) {
  content = new FormData();
  content.set("note", "a file");
  content.set("file", new Blob([body], { type: "application/octet-stream" }), "data.bin");
}
if (chunked) {
  content = new ReadableStream({
    start(c) {
      for (const part of body.match(/.{1,7}/gs)) c.enqueue(new TextEncoder().encode(part));
      c.close();
    },
  });
}
const res = await fetch(url, { method, headers, body: content, duplex: "half" });
process.stdout.write(res.status + " " + (await res.text()));
