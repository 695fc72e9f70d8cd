import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Side } from '../../harnesses/harness.ts';
import { runProcess } from '../../kernel/process/run.ts';
import type { ProcessRequest, ProcessResult } from '../../kernel/process/types.ts';
import { contaminating } from '../contamination.ts';
import typescript from './index.ts';

let root: string;
let base: Side;
let head: Side;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'assay modules ')));
  base = side('base');
  head = side('head');
  for (const one of [base, head]) {
    write(one, '.git', '');
    write(one, 'package-lock.json', '{"lockfileVersion":3}');
    write(one, 'packages/app/package.json', '{"name":"app"}');
    write(one, 'packages/lib/package.json', '{"name":"@acme/lib","main":"index.js"}');
    write(one, 'packages/lib/index.js', `module.exports = ${JSON.stringify(one.name)};`);
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('shared packages of a base checkout', () => {
  it("links npm workspaces to the base's own copies and third-party packages to head's", async () => {
    write(head, 'node_modules/left-pad/index.js', 'module.exports = 1;');
    write(head, 'node_modules/@types/node/index.d.ts', '');
    link(head, 'node_modules/@acme/lib', '../../packages/lib');
    link(head, 'node_modules/app', '../packages/app');
    link(head, 'node_modules/.bin/lib', '../@acme/lib/index.js');

    await typescript.shareDependencies(base, head, context());

    expect(real(base, 'node_modules/@acme/lib/index.js')).toBe(join(base.repoRoot, 'packages/lib/index.js'));
    expect(real(base, 'node_modules/.bin/lib')).toBe(join(base.repoRoot, 'packages/lib/index.js'));
    expect(real(base, 'node_modules/left-pad/index.js')).toBe(
      join(head.repoRoot, 'node_modules/left-pad/index.js'),
    );
    expect(real(base, 'node_modules/@types/node')).toBe(join(head.repoRoot, 'node_modules/@types/node'));
    // What one link to head's folder would have given is contamination, and is seen as such.
    expect(contaminating([real(base, 'node_modules/@acme/lib/index.js')], base, head)).toEqual([]);
    expect(contaminating([real(head, 'node_modules/@acme/lib/index.js')], base, head)).toHaveLength(1);
  });

  it("follows pnpm's store: folders of packages hold links, the store stays head's", async () => {
    write(head, 'node_modules/.pnpm/ms@2.1.3/node_modules/ms/index.js', '');
    link(head, 'packages/app/node_modules/ms', '../../../node_modules/.pnpm/ms@2.1.3/node_modules/ms');
    link(head, 'packages/app/node_modules/@acme/lib', '../../../lib');

    await typescript.shareDependencies(base, head, context());

    expect(real(base, 'packages/app/node_modules/@acme/lib')).toBe(join(base.repoRoot, 'packages/lib'));
    expect(real(base, 'packages/app/node_modules/ms')).toBe(
      join(head.repoRoot, 'node_modules/.pnpm/ms@2.1.3/node_modules/ms'),
    );
  });

  it('leaves out packages that the base does not have, caches, and broken links', async () => {
    write(head, 'packages/new/package.json', '{"name":"new"}');
    link(head, 'node_modules/new', '../packages/new');
    link(head, 'node_modules/gone', '../packages/gone');
    write(head, 'node_modules/.vite/deps/x.js', '');
    write(head, 'node_modules/.vitest-cache/x', '');
    write(head, 'node_modules/ok/index.js', '');
    write(head, 'packages/new/node_modules/ok/index.js', '');

    await typescript.shareDependencies(base, head, context());

    expect(() => real(base, 'node_modules/new')).toThrow(/ENOENT/);
    expect(() => real(base, 'node_modules/gone')).toThrow(/ENOENT/);
    expect(() => real(base, 'node_modules/.vite')).toThrow(/ENOENT/);
    expect(() => real(base, 'node_modules/.vitest-cache')).toThrow(/ENOENT/);
    expect(real(base, 'node_modules/ok')).toBe(join(head.repoRoot, 'node_modules/ok'));
    expect(() => real(base, 'packages/new')).toThrow(/ENOENT/);
  });
});

describe('a base whose lockfile differs', () => {
  it('is installed with its own package manager, and nothing of head is linked', async () => {
    write(base, 'package-lock.json', '{"lockfileVersion":2}');
    write(head, 'node_modules/left-pad/index.js', '');
    const { requests, ...rest } = context();

    await typescript.shareDependencies(base, head, rest);

    expect(requests).toMatchObject([
      { command: 'npm', args: ['ci', '--prefer-offline', '--no-audit', '--no-fund'], cwd: base.repoRoot },
    ]);
    expect(() => real(base, 'node_modules')).toThrow(/ENOENT/);
  });

  it("goes by the base's lockfile where the package manager changed since", async () => {
    rmSync(join(base.repoRoot, 'package-lock.json'));
    write(base, 'yarn.lock', '');
    const { requests, ...rest } = context();
    await typescript.shareDependencies(base, head, rest);
    expect(requests[0]).toMatchObject({ command: 'yarn', cwd: base.repoRoot });
  });

  it('still shares a folder with an equal lockfile of its own', async () => {
    write(base, 'package-lock.json', '{"lockfileVersion":2}');
    for (const one of [base, head]) write(one, 'tool/package-lock.json', '{}');
    write(head, 'tool/node_modules/ms/index.js', '');
    await typescript.shareDependencies(base, head, context());
    expect(real(base, 'tool/node_modules/ms')).toBe(join(head.repoRoot, 'tool/node_modules/ms'));
  });

  it('tells how the installer failed, with its last lines and a remedy', async () => {
    write(base, 'package-lock.json', '{"lockfileVersion":2}');
    const failing = context({
      state: 'exited',
      code: 1,
      stdout: '',
      stderr: 'npm error E404 no-such@1.0.0\n',
    });
    const error = await typescript.shareDependencies(base, head, failing).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'base/install-failed' });
    expect(error.message).toContain('npm ci --prefer-offline --no-audit --no-fund');
    expect(error.message).toContain('ended with exit code 1');
    expect(error.message).toContain('E404 no-such@1.0.0');
    expect(error.remedy).toContain('--base=<ref>');
  });

  it('is really installed by npm, in the base alone', async () => {
    const lock = (version: string) =>
      JSON.stringify({ name: 'root', lockfileVersion: 3, packages: { '': { name: 'root', version } } });
    for (const one of [base, head]) {
      write(one, 'package.json', JSON.stringify({ name: 'root', version: '1.0.0' }));
      write(one, 'package-lock.json', lock(one === base ? '1.0.0' : '2.0.0'));
    }
    write(base, 'node_modules/stale/index.js', '');
    write(head, 'node_modules/ms/index.js', '');
    const real = { run: runProcess, progress: () => undefined };
    await typescript.shareDependencies(base, head, real);
    expect(existsSync(join(base.repoRoot, 'node_modules/stale'))).toBe(false);
    expect(existsSync(join(base.repoRoot, 'node_modules/ms'))).toBe(false);

    write(
      base,
      'package.json',
      JSON.stringify({ name: 'root', dependencies: { unlocked: 'file:./unlocked' } }),
    );
    const error = await typescript.shareDependencies(base, head, real).catch((thrown) => thrown);
    expect(error.code).toBe('base/install-failed');
    expect(error.message).toContain('unlocked');
  });

  it('tries corepack where the package manager is not installed', async () => {
    rmSync(join(base.repoRoot, 'package-lock.json'));
    write(base, 'pnpm-lock.yaml', 'x: 1');
    const missing = context({ state: 'not-found', command: 'pnpm', reason: 'there is no such program' });
    const error = await typescript.shareDependencies(base, head, missing).catch((thrown) => thrown);
    expect(missing.requests.map(({ command }) => command)).toEqual(['pnpm', 'corepack']);
    expect(error.message).toContain('could not be started');
  });
});

describe('lockfiles', () => {
  it('are those of the project and of all folders above it, up to the repository', async () => {
    write(head, 'packages/app/yarn.lock', '');
    write(head, '../package-lock.json', '{}');
    const workspaceRoot = join(head.repoRoot, 'packages');
    expect(await typescript.lockfiles(head.projectRoot, workspaceRoot)).toEqual([
      'app/yarn.lock',
      '../package-lock.json',
    ]);
  });

  it('are chosen by packageManager where a folder has several', async () => {
    write(head, 'pnpm-lock.yaml', '');
    expect(await typescript.lockfiles(head.projectRoot, head.repoRoot)).toEqual(['pnpm-lock.yaml']);
    write(head, 'package.json', '{"packageManager":"npm@11.0.0"}');
    expect(await typescript.lockfiles(head.projectRoot, head.repoRoot)).toEqual(['package-lock.json']);
  });
});

function side(name: 'base' | 'head'): Side {
  const repoRoot = join(root, name);
  return { name, repoRoot, workspaceRoot: repoRoot, projectRoot: join(repoRoot, 'packages/app') };
}

function write(to: Side, path: string, text: string): void {
  const file = join(to.repoRoot, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function link(to: Side, path: string, target: string): void {
  const file = join(to.repoRoot, path);
  mkdirSync(dirname(file), { recursive: true });
  symlinkSync(target, file);
}

function real(of: Side, path: string): string {
  return realpathSync(join(of.repoRoot, path));
}

type Ended =
  | { state: 'exited'; code: number; stdout: string; stderr: string }
  | Extract<ProcessResult, { state: 'not-found' }>;

function context(end: Ended = { state: 'exited', code: 0, stdout: '', stderr: '' }) {
  const requests: ProcessRequest[] = [];
  const run = async (request: ProcessRequest): Promise<ProcessResult> => {
    requests.push(request);
    return end.state === 'not-found' ? end : { ...end, truncated: false, durationMs: 1 };
  };
  return { requests, run, progress: () => undefined };
}
