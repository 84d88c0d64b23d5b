// Makes the call that its argument describes, with fetch, and prints status and body.
const { url, method, headers, body, chunked, form } = JSON.parse(process.argv[2]);
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
