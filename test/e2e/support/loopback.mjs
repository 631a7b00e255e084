// @ts-check
// Real host names over https without touching DNS, hosts files or the network: the browser's proxy is ours, and it
// leads every host to one https server on loopback.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { generate } from 'selfsigned';

const NAMES = ['force.police.uk', '*.force.police.uk', 'heddlu.cymru', 'www.heddlu.cymru'];

/** @type {ReturnType<typeof generate> | undefined} */
let certificate;

// Browsers ignore certificate errors, so one certificate serves the vendors' hosts too.
const certify = () =>
  (certificate ??= generate([{ name: 'commonName', value: 'force.police.uk' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: NAMES.map((value) => ({ type: 2, value })) }],
  }));

/** @returns {Promise<number>} */
const listen = (/** @type {import('node:net').Server} */ server) =>
  new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address && typeof address === 'object') done(address.port);
    });
  });

/**
 * Starts the server and the proxy that leads to it.
 * @param {object} on
 * @param {(req: import('node:http').IncomingMessage, res: import('node:http').ServerResponse, url: URL) => void} on.request
 * @param {(req: import('node:http').IncomingMessage, url: URL) => void} on.message what arrives through a socket
 * @param {(host: string) => void} on.tunnel
 * @returns {Promise<{ proxy: string, stop(): void }>}
 */
export async function startLoopback(on) {
  const { private: key, cert } = await certify();
  const tls = createTlsServer({ key, cert }, (req, res) => {
    on.request(req, res, new URL(`https://${req.headers.host}${req.url}`));
  });
  tls.on('upgrade', (req, socket) => {
    // RFC 6455, section 1.3.
    const key = `${req.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket
      .on('error', () => socket.destroy())
      .write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
    socket.on('data', (frame) => {
      // A text; what closes the socket is none.
      if (((frame[0] ?? 0) & 15) === 1) on.message(req, new URL(`https://${req.headers.host}${req.url}`));
      else socket.end();
    });
  });
  const tlsPort = await listen(tls);

  let stopped = false;
  /** @type {Set<import('node:stream').Duplex>} */
  const sockets = new Set();
  const keep = (/** @type {import('node:stream').Duplex} */ socket) => {
    sockets.add(socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket)));
  };

  // A proxy is asked for plain http by its full address. No page of a force is served that way.
  const proxy = createServer((req, res) => {
    if (URL.canParse(req.url ?? '')) on.request(req, res, new URL(req.url ?? ''));
    else res.writeHead(400).end();
  });
  proxy.on('connection', (socket) => (stopped ? socket.destroy() : keep(socket)));
  proxy.on('connect', (req, socket) => {
    on.tunnel(new URL(`https://${req.url}`).hostname);
    const upstream = connect(tlsPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    keep(upstream);
    upstream.on('close', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  const port = await listen(proxy);

  return {
    proxy: `http://127.0.0.1:${port}`,
    stop() {
      stopped = true;
      for (const socket of sockets) socket.destroy();
      tls.close();
      tls.closeAllConnections();
      // The proxy's port stays taken until the process ends: were it free, the next world could be given it, and a
      // request this world's browser sends late would stand in the next world's log.
      proxy.unref();
    },
  };
}
