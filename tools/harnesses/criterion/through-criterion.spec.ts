import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRunProcess } from '../../kernel/process/run.ts';
import type { ProcessRequest } from '../../kernel/process/types.ts';
import type { DriveRequest } from '../harness.ts';
import { ThroughCriterion } from './through-criterion.ts';

const cli = join(import.meta.dirname, 'fixtures', 'criterion-cli.mjs');
const real = createRunProcess(() => undefined);

let scratch: string;
let asked: ProcessRequest[];
beforeEach(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'assay-through-')));
  asked = [];
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

function through(env: Record<string, string> = {}): ThroughCriterion {
  const run = (request: ProcessRequest) => {
    asked.push(request);
    // The program is a script: Node runs it.
    return real({ ...request, args: [cli, ...request.args] });
  };
  const program = { command: process.execPath, args: [], cwd: scratch, env, target: cli, extra: {} };
  return new ThroughCriterion(program, { run, scratch, env: {} });
}

const request = (part: Partial<DriveRequest>): DriveRequest => ({
  ...{ file: 'benches/x.rs', mode: 'list', benchmarks: [], iterations: {}, warmup: {}, chunks: 12 },
  ...{ targetChunkNs: 1e5, maxBenchmarkMs: 5000, timeoutMs: 20_000 },
  ...part,
});

describe('a program with criterion itself', () => {
  it('tells its benchmarks', async () => {
    const { outcomes, duplicates } = await through().drive(request({}));
    expect(outcomes.map(({ name }) => name)).toEqual(['sort/10', 'sort/100', 'odd (a+b)']);
    expect(duplicates).toEqual([]);
  });

  it('is asked for one benchmark by its whole name, whatever is in it', async () => {
    const { outcomes } = await through().drive(
      request({ mode: 'sample', benchmarks: ['sort/10', 'odd (a+b)'] }),
    );
    expect(outcomes.map(({ name, state }) => [name, state])).toEqual([
      ['sort/10', 'sampled'],
      ['odd (a+b)', 'sampled'],
    ]);
    expect(asked.map(({ args }) => args.at(-1))).toEqual(['^sort/10$', '^odd \\(a\\+b\\)$']);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('is given the time of the chunks, once calibration knows it', async () => {
    const program = through();
    const { outcomes } = await program.drive(request({ mode: 'calibrate', benchmarks: ['sort/10'] }));
    expect(outcomes).toMatchObject([{ state: 'calibrated', nsPerOp: 100, iterations: 1000 }]);
    const iterations = { 'sort/10': 100_000 };
    const sampled = await program.drive(
      request({ mode: 'sample', benchmarks: ['sort/10'], iterations, warmup: { 'sort/10': 3 } }),
    );
    expect(asked[1]?.args).toEqual([
      ...['--bench', '--sample-size', '12', '--warm-up-time', '0.030', '--measurement-time', '0.120'],
      ...['--noplot', '--', '^sort/10$'],
    ]);
    const [outcome] = sampled.outcomes;
    if (outcome?.state !== 'sampled') throw new Error(JSON.stringify(outcome));
    expect(outcome.chunks).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111]);
    expect(outcome.iterations).toBe(100_000);
  });

  it.each([
    ['is not there', {}, 'gone'],
    ['was written half', { CUT_SHORT: '1' }, 'sort/10'],
  ])('fails where a benchmark %s', async (_, env, name) => {
    const { outcomes } = await through(env).drive(request({ mode: 'sample', benchmarks: [name] }));
    expect(outcomes).toEqual([
      { state: 'failed', name, reason: 'criterion told no samples of it (exit code 0): made up' },
    ]);
  });
});
