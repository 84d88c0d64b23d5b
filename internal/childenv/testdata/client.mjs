// Calls the address by the client that is named: http, https or fetch.
import http from 'node:http';
import https from 'node:https';

const [, , client, url] = process.argv;

function request(module, options) {
  return new Promise((resolve, reject) => {
    module.get(url, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (s) => { text += s; });
      answer.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

const clients = {
  module: () => request(url.startsWith('https:') ? https : http, {}),
  agent: () => request(url.startsWith('https:') ? https : http, { agent: new (url.startsWith('https:') ? https : http).Agent({ keepAlive: false }) }),
  noagent: () => request(url.startsWith('https:') ? https : http, { agent: false }),
  fetch: async () => (await fetch(url)).text(),
};
console.log(await clients[client]());
process.exit(0);
