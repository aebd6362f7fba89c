// The server under test: the one that MEDMARK_URL names, else `medmark serve` (MEDMARK_BINARY) with a data folder of its
// own that is removed afterwards.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BINARY = process.env.MEDMARK_BINARY ?? new URL('../../build/medmark', import.meta.url).pathname;
const READY_WITHIN_MS = 120_000;

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitUntilReady(base, child, output) {
  const end = Date.now() + READY_WITHIN_MS;
  while (Date.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended: ${output()}`);
    const response = await fetch(`${base}/ready`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error('the server did not become ready');
}

export async function startServer({ accounts = false, watched = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'medmark-web-test-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (process.env.MEDMARK_URL && !accounts) return { base: process.env.MEDMARK_URL, folder, stop: remove };
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const options = ['serve', '--port', String(port), '--data', join(folder, 'data')];
  if (!accounts) options.push('--no-auth');
  const incoming = join(folder, 'incoming');
  if (watched) {
    mkdirSync(incoming);
    options.push('--watch', incoming, '--watch-schedule', '00:00-23:59');
  }
  const child = spawn(BINARY, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  await waitUntilReady(base, child, () => text);
  return {
    base,
    folder,
    incoming,
    // The account that a first start makes; its password is printed once.
    administrator: () => ({
      name: 'admin',
      password: /password (\S+)/.exec(text)?.[1],
    }),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      remove();
    },
  };
}
