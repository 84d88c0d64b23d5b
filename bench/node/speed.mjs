// Times ajv from bytes to verdict, JSON.parse included, and prints [{ns, valid}] for the bodies.
// AJV_DIR=FOLDER node speed.mjs schema.json body.json...
import fs from 'fs'
import path from 'path'
import { createRequire } from 'module'

const require = createRequire(path.resolve(process.env.AJV_DIR) + '/')
const rounds = +(process.env.ROUNDS ?? 9), round = +(process.env.ROUND_US ?? 30000)

const cpu = () => { const u = process.cpuUsage(); return u.user + u.system }

function timed(f, n) {
  const start = cpu()
  for (let i = 0; i < n; i++) f()
  return cpu() - start
}

function measure(f) {
  for (const start = cpu(); cpu() - start < 300000;) f() // until the JIT is warm
  let n = 1, spent
  while ((spent = timed(f, n)) < round) n *= 2
  n = Math.max(1, Math.round(n * round / spent))
  let best = Infinity
  for (let r = 0; r < rounds; r++) best = Math.min(best, timed(f, n))
  return best * 1000 / n
}

const [schema, ...bodies] = process.argv.slice(2)
const Ajv = require('ajv/dist/2020').default
const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(JSON.parse(fs.readFileSync(schema)))
const judge = text => validate(JSON.parse(text.toString('utf8')))
console.log(JSON.stringify(bodies.map(name => {
  const text = fs.readFileSync(name)
  return { valid: judge(text), ns: measure(() => judge(text)) }
})))
