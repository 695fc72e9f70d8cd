import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRunProcess } from '../../kernel/process/run.ts';
import type { DriveRequest, Side } from '../harness.ts';
import recorded from './index.ts';

const run = createRunProcess(() => undefined);
const root = realpathSync(mkdtempSync(join(tmpdir(), 'assay recorded ')));
const projectRoot = join(root, 'libs', 'a b');
const side: Side = { name: 'head', repoRoot: root, workspaceRoot: root, projectRoot };
const node = process.execPath;

beforeAll(() => {
  mkdirSync(projectRoot, { recursive: true });
  mkdirSync(join(root, 'scratch'));
  copyFileSync(new URL('fixtures/tool.mjs', import.meta.url), join(projectRoot, 'tool.mjs'));
  writeFileSync(join(projectRoot, 'old.json'), '{"results":[{"command":"x","times":[1,1]}]}');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function drive(results: readonly unknown[], part: Partial<DriveRequest> = {}) {
  const options = { settings: { results }, processTimeoutMs: 10_000 };
  const context = { run, scratch: join(root, 'scratch'), env: {} };
  const prepared = await recorded.prepare(side, ['assay/bench.json'], options, context);
  return prepared.drive({
    file: 'assay/bench.json',
    mode: 'sample',
    benchmarks: [],
    iterations: {},
    warmup: {},
    chunks: 8,
    targetChunkNs: 1e6,
    maxBenchmarkMs: 1000,
    timeoutMs: 20_000,
    ...part,
  });
}

const good = { name: 'py', command: [node, 'tool.mjs', '{out}'] };

describe('the harness recorded', () => {
  it('is there where results are configured, and copies nothing', async () => {
    const options = (settings: Record<string, unknown>) => ({ settings, processTimeoutMs: 1 });
    expect(await recorded.discover(projectRoot, options({ results: [good] }))).toEqual(['assay/bench.json']);
    expect(await recorded.discover(projectRoot, options({}))).toEqual([]);
    expect(await recorded.discover(projectRoot, options({ results: [{ name: 'x' }] }))).toEqual([]);
    expect(await recorded.overlay(projectRoot, ['assay/bench.json'])).toEqual([]);
  });

  it('lists what the file names, and runs only the command that has what is asked for', async () => {
    const stdout = { name: 'again', command: [node, 'tool.mjs', '-'], file: '-' };
    const listed = await drive([good, stdout], { mode: 'list' });
    expect(listed.outcomes.map(({ name }) => name)).toEqual([
      'py › parse',
      'py › sort',
      'again › parse',
      'again › sort',
    ]);
    const one = await drive([{ ...good, command: [node, 'tool.mjs', '{out}', 'fails'] }, stdout], {
      benchmarks: ['again › sort'],
    });
    expect(one.outcomes).toMatchObject([{ state: 'sampled', name: 'again › sort' }]);
  });

  it('gives its samples in order, warm-up first, in nanoseconds', async () => {
    const { outcomes } = await drive([good], { benchmarks: ['py › sort'], warmup: { 'py › sort': 3 } });
    const [outcome] = outcomes;
    expect(outcome).toMatchObject({ state: 'sampled', iterations: 1, extra: [] });
    if (outcome?.state !== 'sampled') throw new Error('not sampled');
    expect(outcome.warmup).toHaveLength(3);
    expect(outcome.chunks).toHaveLength(8);
    for (const value of [...outcome.warmup, ...outcome.chunks]) {
      expect(value).toBeGreaterThanOrEqual(2000);
      expect(value).toBeLessThan(2030);
    }
    const calibrated = await drive([good], { mode: 'calibrate', benchmarks: ['py › parse'] });
    expect(calibrated.outcomes).toMatchObject([{ state: 'calibrated', iterations: 1, overheadNs: 0 }]);
  });

  it.each([
    ['fails', [node, 'tool.mjs', '{out}', 'fails'], undefined, 'it ended with exit code 3: the tool broke'],
    ['is absent', ['assay-no-such-program'], undefined, 'it could not be started'],
    ['writes nothing', [node, 'tool.mjs', '{out}', 'silent'], undefined, 'files/missing'],
    ['writes half', [node, 'tool.mjs', '{out}', 'cut'], undefined, 'files/malformed'],
    ['leaves an old file', [node, '-e', '0'], 'old.json', 'did not write old.json anew'],
    ['writes outside', [node, '-e', '0'], '../../../x.json', 'its path leaves the repository'],
  ])('says why where the command %s', async (_, command, file, reason) => {
    const { outcomes } = await drive([{ name: 'py', command, ...(file ? { file } : {}) }], {
      benchmarks: ['py › parse'],
    });
    expect(outcomes).toMatchObject([
      { state: 'failed', name: 'py › parse', reason: expect.stringContaining(reason) },
    ]);
  });

  it('fails only the benchmark whose samples nothing can measure', async () => {
    const { outcomes } = await drive([{ ...good, command: [node, 'tool.mjs', '{out}', 'zero'] }]);
    expect(outcomes.map(({ name, state }) => [name, state])).toEqual([
      ['py › parse', 'sampled'],
      ['py › sort', 'failed'],
    ]);
  });
});
