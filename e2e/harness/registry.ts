import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { must } from './run.ts';

export interface Registry {
  /** With a slash at its end. */
  readonly url: string;
  publish(tarball: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a registry on a free port of loopback. It serves what is published to it and hands everything
 * else through from the registry that npm is set up with. Its storage is a folder in `scratch`.
 */
export async function startRegistry(
  scratch: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Registry> {
  const folder = join(scratch, 'registry');
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const uplink = (await must('npm', ['config', 'get', 'registry'], { cwd: folder, env })).stdout.trim();
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configuration(folder, uplink)));
  const server = spawn(
    process.execPath,
    [verdaccio(), '--config', join(folder, 'config.json'), '--listen', `127.0.0.1:${port}`],
    { cwd: folder, env: env as NodeJS.ProcessEnv, stdio: 'ignore' },
  );
  const stop = () => stopped(server);
  try {
    await answering(url, server);
    const token = await newUser(url);
    const npmrc = join(folder, '.npmrc');
    writeFileSync(npmrc, `registry=${url}\n//127.0.0.1:${port}/:_authToken=${token}\n`);
    return {
      url,
      stop,
      async publish(tarball) {
        const args = ['publish', tarball, '--userconfig', npmrc, '--registry', url, '--tag', 'latest'];
        await must('npm', args, { cwd: folder, env });
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function configuration(folder: string, uplink: string): unknown {
  return {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: 10 } },
    uplinks: { npmjs: { url: uplink, cache: true, max_fails: 20, timeout: '120s', fail_timeout: '1s' } },
    packages: {
      'nx-assay': { access: '$all', publish: '$authenticated' },
      '**': { access: '$all', proxy: 'npmjs' },
    },
    log: { type: 'file', path: join(folder, 'verdaccio.log'), level: 'warn' },
  };
}

function verdaccio(): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('verdaccio/package.json');
  return join(manifest, '..', (require(manifest) as { bin: string }).bin);
}

/** A port that was free a moment ago; loopback only. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (server.exitCode !== null) throw new Error(`Verdaccio ended with code ${server.exitCode}.`);
    const ok = await fetch(`${url}-/ping`).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await wait(200);
  }
  throw new Error('Verdaccio did not answer within a minute.');
}

async function newUser(url: string): Promise<string> {
  const response = await fetch(`${url}-/user/org.couchdb.user:e2e`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'e2e', password: 'loopback-only', type: 'user' }),
  });
  const { token } = (await response.json()) as { token?: string };
  if (!token) throw new Error(`Verdaccio made no user: ${response.status}`);
  return token;
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const closed = new Promise((resolve) => server.once('close', resolve));
  server.kill('SIGKILL');
  await closed;
}
