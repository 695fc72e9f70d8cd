import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Side } from '../../harnesses/harness.ts';
import type { ProcessRequest, ProcessResult } from '../../kernel/process/types.ts';
import { firstError } from './cargo-metadata.ts';
import rust from './index.ts';
import { lendLockfile } from './lend-lockfile.ts';
import { sideEnvironment } from './side-environment.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-rust-lang-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function side(name: 'base' | 'head', project = '.'): Side {
  const repoRoot = join(root, name);
  return { name, repoRoot, workspaceRoot: repoRoot, projectRoot: join(repoRoot, project) };
}

const out = { stderr: '', truncated: false, durationMs: 1 };
const said = (stdout: string): ProcessResult => ({ state: 'exited', code: 0, stdout, ...out });
const broke = (stderr: string, code = 101): ProcessResult => ({
  state: 'exited',
  code,
  ...out,
  stdout: '',
  stderr,
});

/** A machine on which each command line gives what is told, and which keeps what was asked. */
function machine(answers: (line: string) => ProcessResult) {
  const asked: ProcessRequest[] = [];
  const run = (request: ProcessRequest): Promise<ProcessResult> => {
    asked.push(request);
    return Promise.resolve(answers([request.command, ...request.args].join(' ')));
  };
  return { asked, context: { run, progress: () => {} } };
}

describe('toolchain', () => {
  const find = (answers: (line: string) => ProcessResult) =>
    rust.toolchain('/x', '/x', machine(answers).context);

  it('tells both versions', async () => {
    const found = await find((line) =>
      said(line.startsWith('rustc') ? 'rustc 1.95.0 (abc 2026-01-01)\n' : 'cargo 1.95.1 (abc)\n'),
    );
    expect(found).toEqual({
      state: 'found',
      command: 'cargo',
      version: '1.95.0',
      tools: { rustc: '1.95.0', cargo: '1.95.1' },
    });
  });

  it('is missing by name, with a remedy, where there is none', async () => {
    const found = await find(() => ({ state: 'not-found', command: 'rustc', reason: 'ENOENT' }));
    expect(found).toMatchObject({
      state: 'missing',
      what: expect.stringMatching(/^Rust .*rustc/),
      remedy: expect.stringMatching(/rustup\.rs.*PATH/),
    });
  });

  it('is missing where it is too old, and where rustup has not what the project asks for', async () => {
    expect(await find(() => said('rustc 1.60.0 (x)\n'))).toMatchObject({
      state: 'missing',
      what: 'Rust 1.66 or newer (found: 1.60.0)',
    });
    const absent = "error: toolchain '1.99.0' is not installed\nhelp: run `rustup toolchain install 1.99.0`";
    expect(await find(() => broke(absent, 1))).toMatchObject({
      state: 'missing',
      what: expect.stringContaining("toolchain '1.99.0' is not installed"),
    });
  });
});

describe('lockfiles', () => {
  it('are manifests and pins of the folder, of those above it and of path dependencies', async () => {
    write({
      'Cargo.toml':
        '[workspace]\nmembers = ["crates/*"]\n[workspace.dependencies]\nb = { path = "crates/b" }\n',
      'Cargo.lock': '',
      'rust-toolchain.toml': '',
      '.cargo/config.toml': '',
      'crates/a/Cargo.toml':
        '[package]\nname="a"\n[dependencies]\nb.workspace = true\n[dev-dependencies]\nc = { path = "../../c" }\n',
      'crates/b/Cargo.toml': '[package\n',
      'c/Cargo.toml': '[package]\nname="c"\n',
      'd/Cargo.toml': '[package]\nname="d"\n',
    });
    expect(await rust.lockfiles(join(root, 'crates/a'), root)).toEqual([
      '.cargo/config.toml',
      'Cargo.lock',
      'Cargo.toml',
      'c/Cargo.toml',
      'crates/a/Cargo.toml',
      'crates/b/Cargo.toml',
      'rust-toolchain.toml',
    ]);
  });
});

describe('a side’s environment', () => {
  const metadata = said(
    JSON.stringify({ packages: [], workspace_root: '/r', target_directory: '/r/target' }),
  );

  it('builds beside head’s own target folder, each side for itself', async () => {
    const { asked, context } = machine(() => metadata);
    const [base, head] = [side('base'), side('head')];
    expect(await sideEnvironment(base, head, {}, context)).toEqual({
      CARGO_TARGET_DIR: '/r/target/nx-assay/base',
    });
    expect(await sideEnvironment(head, base, {}, context)).toEqual({
      CARGO_TARGET_DIR: '/r/target/nx-assay/head',
    });
    expect(asked.map(({ cwd }) => cwd)).toEqual([head.projectRoot, head.projectRoot]);
  });

  it('moves what names a file in the other tree', async () => {
    const [base, head] = [side('base'), side('head')];
    const env = { RUSTFLAGS: `-Clink-arg=-T${head.repoRoot}/link.x`, RUSTC_WRAPPER: '/usr/bin/sccache' };
    expect(await sideEnvironment(base, head, env, machine(() => metadata).context)).toMatchObject({
      RUSTFLAGS: `-Clink-arg=-T${base.repoRoot}/link.x`,
    });
  });
});

describe('a lockfile', () => {
  const lent = () => readFileSync(join(root, 'base/crates/Cargo.lock'), 'utf8');

  it('is head’s where the base has none', async () => {
    write({
      'base/crates/a/Cargo.toml': '',
      'head/crates/a/Cargo.toml': '',
      'head/crates/Cargo.lock': '# head',
    });
    await lendLockfile(side('base', 'crates/a'), side('head', 'crates/a'));
    expect(lent()).toBe('# head');
    write({ 'base/crates/Cargo.lock': '# base' });
    await lendLockfile(side('base', 'crates/a'), side('head', 'crates/a'));
    expect(lent()).toBe('# base');
  });

  it('of its own, wherever it lies, stays the base’s', async () => {
    write({ 'base/crates/a/Cargo.lock': '', 'head/crates/a/Cargo.toml': '', 'head/crates/Cargo.lock': '' });
    await lendLockfile(side('base', 'crates/a'), side('head', 'crates/a'));
    expect(lent).toThrow(/ENOENT/);
  });
});

describe('firstError', () => {
  it.each([
    ['   Compiling a\nerror: it broke\n  because\n', 'error: it broke; because'],
    ['no error word\nlast line\n', 'last line'],
    ['', ''],
  ])('%j: %s', (output, expected) => {
    expect(firstError(output)).toBe(expected);
  });
});
