// Loaded by Node ahead of the program, put there by `faultline run`. It sends the
// calls of http, https and fetch through the proxy of HTTPS_PROXY. Node before 24
// does not read that variable at all, later ones only for agents that the
// program did not make itself. Every connection is a tunnel (CONNECT), so the
// bytes of the calls stay what they are.
'use strict';

const address = process.env.HTTPS_PROXY;
if (!address || process.versions.bun) return;

const http = require('http');
const https = require('https');
const net = require('net');
const tls = require('tls');

const proxy = new URL(address);
const exceptions = (process.env.NO_PROXY || '').split(',').map((s) => s.trim().replace(/^\*?\./, '')).filter(Boolean);

function goesDirect(host, port) {
  if (host === proxy.hostname && String(port) === proxy.port) return true;
  return exceptions.some((e) => e === '*' || host === e || host.endsWith('.' + e));
}

function tunnel(host, port, done) {
  const authority = (host.includes(':') && host[0] !== '[' ? '[' + host + ']' : host) + ':' + port;
  const request = http.request({
    host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: authority, headers: { host: authority }, agent: false,
  });
  request.once('error', done);
  request.once('response', (answer) => {
    answer.resume();
    done(new Error('the proxy answered CONNECT ' + authority + ' with ' + answer.statusCode));
  });
  request.once('connect', (answer, socket, head) => {
    if (answer.statusCode !== 200) {
      socket.destroy();
      done(new Error('the proxy answered CONNECT ' + authority + ' with ' + answer.statusCode));
      return;
    }
    if (head.length > 0) socket.unshift(head);
    done(null, socket);
  });
  request.end();
}

// patch replaces how agents connect. They call with options and a callback;
// anything else is left to the original.
function patch(prototype, secure) {
  const original = prototype.createConnection;
  prototype.createConnection = function createConnection(...args) {
    const [options, done] = args;
    if (!options || typeof options !== 'object' || typeof done !== 'function' || options.socketPath || options.socket) {
      return original.apply(this, args);
    }
    const host = options.host || options.hostname || 'localhost';
    const port = options.port || (secure ? 443 : 80);
    if (goesDirect(host, port)) return original.apply(this, args);
    tunnel(host, port, (error, socket) => {
      if (error) done(error);
      else done(null, secure ? tls.connect({ ...options, socket }) : socket);
    });
    return undefined;
  };
}

patch(http.Agent.prototype, false);
patch(https.Agent.prototype, true);

// connector is what undici, the client behind fetch, connects with.
function connector(options, done) {
  const secure = options.protocol === 'https:';
  const host = options.hostname;
  const port = Number(options.port) || (secure ? 443 : 80);
  const connected = (error, socket) => {
    if (error) return done(error, null);
    socket.setNoDelay(true);
    if (!secure) return done(null, socket);
    const wrapped = tls.connect({ socket, host, port, servername: options.servername || (net.isIP(host) ? '' : host), ALPNProtocols: ['http/1.1'] });
    const failed = (reason) => done(reason, null);
    wrapped.once('error', failed);
    wrapped.once('secureConnect', () => {
      wrapped.removeListener('error', failed);
      done(null, wrapped);
    });
    return undefined;
  };
  if (!goesDirect(host, port)) return tunnel(host.replace(/^\[|\]$/g, ''), port, connected);
  const socket = net.connect({ host: host.replace(/^\[|\]$/g, ''), port });
  const failed = (reason) => connected(reason);
  socket.once('error', failed);
  socket.once('connect', () => {
    socket.removeListener('error', failed);
    connected(null, socket);
  });
  return undefined;
}

// From these versions on fetch reads the variables, with NODE_USE_ENV_PROXY=1.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major >= 24 || (major === 22 && minor >= 21)) return;

// The client behind fetch keeps its connections in an object under this symbol
// and makes it when it is loaded; its class is not exported otherwise.
const dispatcher = Symbol.for('undici.globalDispatcher.1');
try {
  if (typeof Response === 'function') {
    new Response();
    const Agent = globalThis[dispatcher] && globalThis[dispatcher].constructor;
    if (Agent) globalThis[dispatcher] = new Agent({ connect: connector });
  }
} catch {
  // Then calls of fetch go past the proxy, and `faultline run` says that it saw none.
}
