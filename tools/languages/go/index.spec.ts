import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import goTesting from '../../harnesses/go-testing/index.ts';
import type { DriveOutcome, Prepared, Side } from '../../harnesses/harness.ts';
import { createRunProcess } from '../../kernel/process/run.ts';
import type { ProcessResult, RunProcess } from '../../kernel/process/types.ts';
import { contaminating } from '../contamination.ts';
import go from './index.ts';

const hasGo = (() => {
  try {
    execFileSync('go', ['version']);
    return true;
  } catch {
    return false;
  }
})();
if (!hasGo) console.warn('skipped: the Go language needs `go` on the PATH');

const run = createRunProcess(() => undefined);
const progress = () => {};
const root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-go-lang-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function tree(name: 'base' | 'head', folder: string = name): Side {
  const repoRoot = join(root, folder);
  cpSync(join(import.meta.dirname, 'fixtures', 'work'), repoRoot, { recursive: true });
  return { name, repoRoot, workspaceRoot: repoRoot, projectRoot: join(repoRoot, 'apps', 'inventory') };
}

function setVersion(side: Side, version: number): void {
  const text = `package stock\n\nfunc Version() float64 { return ${version} }\n`;
  writeFileSync(join(side.repoRoot, 'libs', 'stock', 'stock.go'), text);
}

async function prepare(side: Side, other: Side): Promise<Prepared> {
  const scratch = join(root, `scratch-${side.repoRoot.slice(root.length + 1)}`);
  mkdirSync(scratch, { recursive: true });
  const env = await go.environment(side, other, { run, progress });
  return await goTesting.prepare(
    side,
    ['inventory_test.go'],
    { processTimeoutMs: 20_000 },
    { run, scratch, env },
  );
}

async function versionOf(prepared: Prepared): Promise<number | undefined> {
  const name = 'BenchmarkVersion';
  const { outcomes } = await prepared.drive({
    file: 'inventory_test.go',
    mode: 'sample',
    benchmarks: [name],
    iterations: { [name]: 100 },
    warmup: {},
    chunks: 1,
    targetChunkNs: 1e6,
    maxBenchmarkMs: 1000,
    timeoutMs: 20_000,
  });
  const metrics = (outcome: DriveOutcome | undefined) => (outcome?.state === 'sampled' ? outcome.extra : []);
  return metrics(outcomes[0]).find((metric) => metric.unit === 'version')?.value;
}

function sources(prepared: Prepared): readonly string[] {
  const [file] = prepared.files;
  if (file?.state !== 'ready') throw new Error(JSON.stringify(file));
  return file.sources;
}

// A machine's first build compiles the standard library.
const timeout = 300_000;

describe.skipIf(!hasGo)('a go.work with a shared library', { timeout }, () => {
  let base: Side;
  let head: Side;

  beforeAll(() => {
    base = tree('base');
    head = tree('head');
    setVersion(head, 2);
  });

  it('gives each side its own library', async () => {
    const sides = [await prepare(base, head), await prepare(head, base)] as const;
    expect(await versionOf(sides[0])).toBe(1);
    expect(await versionOf(sides[1])).toBe(2);
    expect(sources(sides[0])).toEqual([
      join(base.repoRoot, 'apps/inventory'),
      join(base.repoRoot, 'apps/inventory/go.mod'),
      join(base.repoRoot, 'go.work'),
      join(base.repoRoot, 'libs/stock'),
    ]);
    expect(contaminating(sources(sides[0]), base, head)).toEqual([]);
    expect(contaminating(sources(sides[1]), head, base)).toEqual([]);
  });

  it('shows a replace that leads into the other tree', async () => {
    const led = tree('base', 'led');
    rmSync(join(led.repoRoot, 'go.work'));
    writeFileSync(
      join(led.projectRoot, 'go.mod'),
      `module example.com/inventory\n\ngo 1.21\n\nrequire example.com/stock v0.0.0\n\nreplace example.com/stock => ${head.repoRoot}/libs/stock\n`,
    );
    expect(contaminating(sources(await prepare(led, head)), led, head)).toEqual([
      join(head.repoRoot, 'libs/stock'),
    ]);
  });

  it('finds nothing to fetch', async () => {
    const told: string[] = [];
    await go.shareDependencies(base, head, { run, progress: (text) => told.push(text) });
    expect(told).toEqual([]);
  });

  it('tells when what the base needs cannot be had', async () => {
    const needing = tree('base', 'needing');
    writeFileSync(
      join(needing.projectRoot, 'go.mod'),
      'module example.com/inventory\n\ngo 1.21\n\nrequire example.invalid/gone v1.0.0\n',
    );
    const source = 'package inventory\n\nimport _ "example.invalid/gone"\n';
    writeFileSync(join(needing.projectRoot, 'gone.go'), source);
    const offline: RunProcess = (request) => run({ ...request, env: { ...request.env, GOPROXY: 'off' } });
    const told: string[] = [];
    const sharing = go.shareDependencies(needing, head, {
      run: offline,
      progress: (text) => told.push(text),
    });
    await expect(sharing).rejects.toMatchObject({
      code: 'base/install-failed',
      message: expect.stringContaining('module lookup disabled'),
    });
    expect(told).toEqual(['fetching the Go modules of the base']);
  });

  it('finds the toolchain', async () => {
    const found = await go.toolchain(head.projectRoot, head.workspaceRoot, { run, progress });
    expect(found).toMatchObject({ state: 'found', command: 'go', version: expect.stringMatching(/^1\.\d+/) });
  });
});

describe('toolchain', () => {
  const answer = (result: Partial<Extract<ProcessResult, { state: 'exited' }>>): RunProcess => {
    const full = {
      state: 'exited',
      code: 0,
      stdout: '',
      stderr: '',
      truncated: false,
      durationMs: 1,
    } as const;
    return () => Promise.resolve({ ...full, ...result });
  };
  const ask = (fake: RunProcess) => go.toolchain('/w/a', '/w', { run: fake, progress });

  it('tells a missing go', async () => {
    const none: RunProcess = () =>
      Promise.resolve({ state: 'not-found', command: 'go', reason: 'there is no such program' });
    expect(await ask(none)).toEqual({
      state: 'missing',
      what: 'Go',
      remedy: 'Install Go 1.21 or newer from https://go.dev/dl and put its bin folder on the PATH.',
    });
  });

  it('tells one that is too old, for us or for the project', async () => {
    expect(await ask(answer({ stdout: '{"GOVERSION": "go1.20.14"}' }))).toMatchObject({
      state: 'missing',
      what: 'Go 1.21 or newer (found: go1.20.14)',
    });
    const stderr = 'go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)\n';
    expect(await ask(answer({ code: 1, stderr }))).toEqual({
      state: 'missing',
      what: 'Go 1.99, which go.mod or go.work asks for',
      remedy: 'Install it from https://go.dev/dl, or let go fetch it: GOTOOLCHAIN=auto.',
    });
  });

  it('takes a development version', async () => {
    expect(await ask(answer({ stdout: '{"GOVERSION": "devel go1.28-abc Mon"}' }))).toMatchObject({
      state: 'found',
    });
  });

  it('does not wait for ever', async () => {
    const hanging: RunProcess = (request) =>
      Promise.resolve({
        state: 'timed-out',
        stdout: '',
        stderr: '',
        truncated: false,
        durationMs: request.timeoutMs,
      });
    expect(await ask(hanging)).toMatchObject({
      state: 'missing',
      what: expect.stringContaining('did not answer within two minutes'),
    });
  });
});
