import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judgePolicy } from '../compare/policy.ts';
import { isAssayError } from '../kernel/errors/assay-error.ts';
import { type Random, seededRandom } from '../kernel/statistics/index.ts';
import { loadFormats, parseSource, type RecordingFormat, readSource } from '../recordings/index.ts';
import { mutate } from './fuzz-mutations.ts';
import { judgeRecordings } from './judge-recordings.ts';
import { judgementReport } from './report.ts';
import type { JudgeRequest } from './request.ts';

/** A valid pair of recordings to start from. */
export interface Seed {
  /** `<format>/<ending>`. */
  readonly name: string;
  readonly base: string;
  readonly head: string;
}

/** What becomes of mutated files, by code of error or verdict of the Report. */
export type FuzzTally = Map<string, number>;

/** A case that neither gave an error with a code nor an honest Report. */
export interface FuzzFailure {
  readonly seed: string;
  readonly case: number;
  readonly problem: string;
  readonly text: string;
}

const settings = { mode: 'enforce', policy: judgePolicy(), controls: [] } as const;
const request: JudgeRequest = {
  workspaceRoot: '/',
  project: { name: 'assay', root: 'assay', tags: [] },
  target: 'assay:judge',
  configuration: '',
  base: { path: '/base', shown: 'base' },
  head: { path: '/head', shown: 'head' },
  controls: [],
};

/** The fixtures of all formats that are single files. */
export function loadSeeds(recordings: string): readonly Seed[] {
  return readdirSync(recordings).flatMap((format) => {
    const folder = join(recordings, format, 'fixtures');
    const files = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
    return files
      .filter((file) => /^base\.\w+$/.test(file))
      .map((file) => ({
        name: `${format}/${file.slice('base.'.length)}`,
        base: readFileSync(join(folder, file), 'utf8'),
        head: readFileSync(join(folder, file.replace('base', 'head')), 'utf8'),
      }));
  });
}

/**
 * Mutates one side of valid pairs, case by case, and judges them as any file. Every case must give an error with a code or
 * a Report; and a Report that passes must have judged every benchmark and every figure that the valid pair has.
 */
export function fuzz(
  seeds: readonly Seed[],
  formats: readonly RecordingFormat[],
  cases: number,
  random: Random,
  progress: (done: number) => void = () => {},
): { readonly tally: FuzzTally; readonly failures: readonly FuzzFailure[] } {
  const tally: FuzzTally = new Map();
  const failures: FuzzFailure[] = [];
  const whole = new Map(seeds.map((seed) => [seed.name, figuresOf(judged(seed.base, seed.head, formats))]));
  for (let index = 0; index < cases; index++) {
    const seed = seeds[index % seeds.length] as Seed;
    const side = random() < 0.5 ? 'base' : 'head';
    const text = mutate(seed[side], random);
    const fail = (problem: string) => failures.push({ seed: seed.name, case: index, problem, text });
    try {
      const [base, head] = side === 'base' ? [text, seed.head] : [seed.base, text];
      const report = judged(base, head, formats);
      count(tally, `Report: ${report.verdict}`);
      const lost = [...(whole.get(seed.name) ?? [])].filter((figure) => !figuresOf(report).has(figure));
      if (report.verdict === 'passed' && lost.length > 0) fail(`passed without ${lost.join(', ')}`);
      if (!JSON.stringify(report).includes('"verdict"')) fail('the Report cannot be written');
      const broken = report.metrics.some((metric) =>
        metric.comparisons.some(({ change }) => change?.interval.some((bound) => !Number.isFinite(bound))),
      );
      if (broken) fail('an interval is not finite');
    } catch (error) {
      if (isAssayError(error)) count(tally, error.code);
      else fail(`crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    if (index % 1000 === 999) progress(index + 1);
  }
  return { tally, failures };
}

function judged(base: string, head: string, formats: readonly RecordingFormat[]) {
  const recordings = [
    readSource(parseSource(base, 'base'), formats, 'base'),
    readSource(parseSource(head, 'head'), formats, 'head'),
  ] as const;
  const judgement = judgeRecordings(...recordings, settings);
  const around = { startedAt: new Date(0), durationMs: 0, ci: { name: '', branch: '' } };
  return judgementReport(judgement, recordings, request, 'enforce', around);
}

function figuresOf(report: ReturnType<typeof judged>): ReadonlySet<string> {
  return new Set(report.metrics.filter(({ state }) => state === 'measured').map(({ id }) => id));
}

function count(tally: FuzzTally, key: string): void {
  tally.set(key, (tally.get(key) ?? 0) + 1);
}

/** `npm run bench:fuzz -- [--cases=100000] [--seed=1]`: prints what became of them; ends with 1 where one failed. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
  });
  const seeds = loadSeeds(join(import.meta.dirname, '../recordings'));
  const cases = Number(values.cases);
  const { tally, failures } = fuzz(
    seeds,
    await loadFormats(),
    cases,
    seededRandom(Number(values.seed)),
    (done) => {
      if (done % 10_000 === 0) console.error(`${done} of ${cases}`);
    },
  );
  console.log(`${cases} cases from ${seeds.length} valid pairs: ${failures.length} failed.`);
  for (const [key, times] of [...tally].sort(([, a], [, b]) => b - a))
    console.log(`${String(times).padStart(8)}  ${key}`);
  for (const failure of failures.slice(0, 5)) {
    console.log(
      `\n${failure.seed}, case ${failure.case}: ${failure.problem}\n${failure.text.slice(0, 2000)}`,
    );
  }
  if (failures.length > 0) process.exitCode = 1;
}

if (import.meta.main) await main();
