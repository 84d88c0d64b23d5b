// Answers for every {pattern, unicode, texts} of the list on the standard input: an error, or whether each text matches.
import { readFileSync } from "node:fs";

// With the u flag, ECMA-262 (RegExpBuiltinExec) looks at the beginnings of characters only; V8 looks into surrogate pairs, too.
function test(re, text) {
  for (let i = 0; i <= text.length; i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1) {
    re.lastIndex = i;
    if (re.test(text)) return true;
  }
  return false;
}

const out = JSON.parse(readFileSync(0, "utf8")).map(({ pattern, unicode, texts }) => {
  try {
    const re = new RegExp(pattern, unicode ? "uy" : "y");
    return { matches: texts.map((t) => test(re, t)) };
  } catch (e) {
    return { error: String(e.message) };
  }
});
process.stdout.write(JSON.stringify(out));
