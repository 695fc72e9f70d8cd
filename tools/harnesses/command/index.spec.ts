import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRunProcess } from '../../kernel/process/run.ts';
import type { DriveOutcome, DriveRequest, Side } from '../harness.ts';
import command from './index.ts';

const run = createRunProcess(() => undefined);
const root = realpathSync(mkdtempSync(join(tmpdir(), 'assay command ')));
const projectRoot = join(root, 'libs', 'a b');
const side: Side = { name: 'head', repoRoot: root, workspaceRoot: root, projectRoot };
const node = process.execPath;

const commands = [
  { name: 'works', command: [node, '-e', 'console.log("hi")'] },
  {
    name: 'in a folder',
    command: [node, '-e', `process.exit(process.cwd() === ${JSON.stringify(root)} ? 0 : 9)`],
    cwd: '../..',
  },
  {
    name: 'tokens',
    command: [
      node,
      '-e',
      'const [, p, w] = process.argv; process.exit(p === process.cwd() + "/x" && process.cwd().startsWith(w) ? 0 : 8)',
      '{projectRoot}/x',
      '{workspaceRoot}',
    ],
  },
  {
    name: 'no shell',
    command: [node, '-e', 'process.exit(process.argv[1] === "$(exit 1); *" ? 0 : 7)', '$(exit 1); *'],
  },
  { name: 'fails', command: [node, '-e', 'console.error("first\\nwhy it failed"); process.exit(3)'] },
  { name: 'absent', command: ['assay-no-such-program'] },
  { name: 'killed', command: [node, '-e', 'process.kill(process.pid, "SIGKILL")'] },
  { name: 'hangs', command: [node, '-e', 'setInterval(() => {}, 1e6)'] },
  { name: 'works', command: [node, '-e', '0'] },
  { name: 'leaves', command: [node, '-e', '0'], cwd: '../../..' },
];
const options = { settings: { commands }, processTimeoutMs: 10_000 };

beforeAll(() => {
  mkdirSync(projectRoot, { recursive: true });
  mkdirSync(join(root, 'scratch'));
  writeFileSync(join(projectRoot, 'x'), '');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function drive(part: Partial<DriveRequest>): Promise<{
  outcomes: readonly DriveOutcome[];
  duplicates: readonly string[];
}> {
  const context = { run, scratch: join(root, 'scratch'), env: {} };
  const prepared = await command.prepare(side, ['assay/bench.json'], options, context);
  return await prepared.drive({
    file: 'assay/bench.json',
    mode: 'sample',
    benchmarks: [],
    iterations: {},
    warmup: {},
    chunks: 2,
    targetChunkNs: 1,
    maxBenchmarkMs: 60_000,
    timeoutMs: 20_000,
    ...part,
  });
}

describe('command', () => {
  it('is there where commands are configured', async () => {
    expect(await command.discover(projectRoot, options)).toEqual(['assay/bench.json']);
    expect(await command.discover(projectRoot, { ...options, settings: {} })).toEqual([]);
    expect(
      await command.discover(projectRoot, { ...options, settings: { commands: [{ name: 'x' }] } }),
    ).toEqual([]);
  });

  it('lists each name once and tells the duplicate', async () => {
    const { outcomes, duplicates } = await drive({ mode: 'list' });
    expect(outcomes.map((outcome) => outcome.name)).toEqual([
      'works',
      'in a folder',
      'tokens',
      'no shell',
      'fails',
      'absent',
      'killed',
      'hangs',
      'leaves',
    ]);
    expect(duplicates).toEqual(['works']);
  });

  it('takes one run a chunk, with CPU time and peak memory', async () => {
    const { outcomes } = await drive({ benchmarks: ['works'], warmup: { works: 1 } });
    const [works] = outcomes;
    if (works?.state !== 'sampled') throw new Error(JSON.stringify(works));
    expect([works.iterations, works.warmup.length, works.chunks.length]).toEqual([1, 1, 2]);
    for (const ns of works.chunks) expect(ns).toBeGreaterThan(1e6);
    const extra = new Map(works.extra.map((metric) => [metric.name, metric]));
    const told = extra.size + (works.missing?.length ?? 0);
    expect(told).toBe(2); // measured, or missing with the reason
    if (extra.size === 2) {
      expect(extra.get('CPU time')).toMatchObject({ unit: 'ns', better: 'lower' });
      expect(extra.get('CPU time')!.value).toBeGreaterThan(1e6);
      expect(extra.get('peak memory')!.value).toBeGreaterThan(20e6); // any Node needs more
      expect(extra.get('peak memory')!.value).toBeLessThan(2e9);
    }
  });

  it('calibrates to one iteration', async () => {
    const { outcomes } = await drive({ mode: 'calibrate', benchmarks: ['works'] });
    expect(outcomes).toMatchObject([{ state: 'calibrated', iterations: 1, overheadNs: 0 }]);
  });

  it('runs in the side’s folders and without a shell', async () => {
    const benchmarks = ['in a folder', 'tokens', 'no shell'];
    const { outcomes } = await drive({ benchmarks, chunks: 1 });
    expect(outcomes.map((outcome) => outcome.state)).toEqual(['sampled', 'sampled', 'sampled']);
  });

  it.each([
    ['fails', 'it ended with exit code 3: why it failed'],
    ['absent', expect.stringMatching(/^it could not be started: .*(no such|not found)/i)],
    ['killed', expect.stringMatching(/^it was ended by (signal 9|SIGKILL)/)],
    ['leaves', 'its cwd leaves the repository: ../../..'],
    ['unheard of', 'assay/bench.json has no command of this name'],
  ])('%s', async (name, reason) => {
    const { outcomes } = await drive({ benchmarks: [name] });
    expect(outcomes).toEqual([{ state: 'failed', name, reason }]);
  });

  it('stops what hangs', async () => {
    const { outcomes } = await drive({ benchmarks: ['hangs'], timeoutMs: 1200 });
    expect(outcomes).toEqual([
      { state: 'failed', name: 'hangs', reason: expect.stringMatching(/^it was stopped after 1 s/) },
    ]);
  });

  it('stops early past its time: half of the warm-up and one chunk at least', async () => {
    const { outcomes } = await drive({
      benchmarks: ['works'],
      warmup: { works: 5 },
      chunks: 50,
      maxBenchmarkMs: 1,
    });
    const [works] = outcomes;
    if (works?.state !== 'sampled') throw new Error(JSON.stringify(works));
    expect(works.chunks).toHaveLength(1);
    expect(works.warmup).toHaveLength(3);
  });
});
