// @ts-check
// The servers of docs/server-policy.md, each serving the pages of a folder behind a socket file.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findNginx } from '../../../tools/nginx.mjs';
import { policyFor } from '../../../docs/recipes/policy.mjs';

/** What both recipes are told. */
export const SETTINGS = {
  noticeVersion: '2026-11-01',
  sensitive: [{ path: '/report*', deny: ['analytics', 'marketing'] }],
};

/**
 * A server that stands behind the force's site.
 * @typedef {object} PolicyServer
 * @property {import('./site.mjs').Answer} answer passes a request on to it
 * @property {(path: string, cookie: string) => Promise<string>} policyFor what it says to a request
 * @property {() => Promise<unknown>} stop
 */

/**
 * @param {string} socketPath
 * @returns {Omit<PolicyServer, 'stop'>}
 */
function reach(socketPath) {
  return {
    answer({ method, url: path, headers }, res) {
      request({ socketPath, method, path, headers }, (reply) => {
        res.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(res);
      })
        .on('error', () => res.destroy())
        .end();
    },
    policyFor: (path, cookie) =>
      new Promise((done, fail) => {
        request({ socketPath, path, headers: { cookie } }, (reply) => {
          reply.resume();
          done(String(reply.headers['content-security-policy']));
        })
          .on('error', fail)
          .end();
      }),
  };
}

/** @returns {Promise<PolicyServer>} */
async function startNode(/** @type {string} */ folder) {
  const server = createServer(async (req, res) => {
    const { url = '/' } = req;
    const { pathname } = new URL(url, 'http://localhost');
    const page = await readFile(join(folder, decodeURIComponent(pathname))).catch(() => undefined);
    res.writeHead(page ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyFor(req.headers.cookie, { ...SETTINGS, path: url }),
      'cache-control': 'private, no-store',
      vary: 'Cookie',
    });
    res.end(page);
  });
  const socket = join(folder, 'node.socket');
  await new Promise((done) => server.listen(socket, () => done(undefined)));
  return {
    ...reach(socket),
    stop: () => new Promise((done) => server.close(done).closeAllConnections()),
  };
}

const answers = (/** @type {string} */ socket) =>
  new Promise((done) => {
    const client = connect(socket, () => done(true));
    client.on('connect', () => client.end()).on('error', () => done(false));
  });

/** @returns {Promise<PolicyServer>} */
async function startNginx(/** @type {string} */ folder, /** @type {string} */ command) {
  const recipe = await readFile(new URL('../../../docs/recipes/nginx.conf', import.meta.url), 'utf8');
  const socket = join(folder, 'nginx.socket');
  const file = join(folder, 'nginx.conf');
  await writeFile(file, recipe.replace('listen 8080', `listen unix:${socket}`).replace('/var/www/site', folder));
  const own = `daemon off; master_process off; pid ${join(folder, 'nginx.pid')}; error_log stderr;`;
  const nginx = spawn(command, ['-p', folder, '-c', file, '-g', own], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  nginx.stderr.on('data', (text) => (said += text));
  while (!(await answers(socket))) {
    if (nginx.exitCode !== null) throw new Error(`nginx ended: ${said}`);
    await sleep(20);
  }
  return {
    ...reach(socket),
    stop: () => Promise.all([once(nginx, 'exit'), nginx.kill()]),
  };
}

const nginx = findNginx();

/**
 * What starts each server, by its name. Where there is no nginx it is left out, and `npm test` says so.
 * @type {[string, (folder: string) => Promise<PolicyServer>][]}
 */
export const SERVERS = [
  ['node', startNode],
  ...(nginx ? [/** @type {any} */ (['nginx', (/** @type {string} */ folder) => startNginx(folder, nginx)])] : []),
];
