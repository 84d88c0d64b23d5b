// Makes the calls that the lines of stdin describe, with fetch, one after the
// other, and answers each with a line: the status, or what went wrong.
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const { url, method, headers, body, chunked, form } = JSON.parse(line);
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
  try {
    const res = await fetch(url, { method, headers, body: content, duplex: "half" });
    await res.arrayBuffer();
    console.log(res.status);
  } catch (err) {
    console.log(`${err.message}: ${err.cause?.message}`);
  }
}
