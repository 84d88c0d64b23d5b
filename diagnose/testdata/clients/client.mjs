// Makes the calls that it reads from stdin, a JSON object a line, and tells what came of each.
import { createInterface } from "node:readline";

// words is an error as people paste it: name and message, then those of its causes, each with its code.
function words(error) {
  const out = [];
  for (let e = error; e; e = e.cause) {
    const inner = e.errors ? ` [${e.errors.map((x) => x.message).join(", ")}]` : "";
    out.push(`${e.name}: ${e.message}${inner}${e.code ? ` { code: '${e.code}' }` : ""}`);
  }
  return out.join("\n  [cause]: ");
}

async function make(call, told) {
  if (call.trusting) process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  else delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  const headers = { Accept: "application/json" };
  if (call.body) headers["Content-Type"] = "application/json";
  const answer = await fetch(call.url, {
    method: call.body ? "POST" : "GET", body: call.body || undefined, headers, signal: AbortSignal.timeout(1000),
  });
  told.status = answer.status;
  told.headers = [...answer.headers];
  told.body = await answer.text();
}

for await (const line of createInterface({ input: process.stdin })) {
  const call = JSON.parse(line);
  const told = { kind: call.kind, error: "", status: 0, headers: [], body: "" };
  try {
    await make(call, told);
  } catch (error) {
    told.error = words(error);
  }
  console.log(JSON.stringify(told));
}
