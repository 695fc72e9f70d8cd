/**
 * `npm run bench:counts`: what counting instructions is worth on this machine, in TypeScript, Python and Go. The same
 * code on both sides, so many comparisons, and so many with one piece of work in 500 done twice (+0.2 %), injected by
 * data. Prints the spread over the repeats, false alarms, what was found, and the time of a comparison.
 *
 * `--comparisons=100` without a change in each language, `--injected=9` with one, `--languages=typescript,python,go`,
 * `--every=500`, `--json=<file>` for all counts.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { findCounter } from '../../harnesses/counter.ts';
import { runProcess } from '../../kernel/process/run.ts';
import { median } from '../../kernel/statistics/index.ts';
import { judgeCounts } from './judge-counts.ts';
import { measureCounts } from './measure-counts.ts';
import { NEVER, TRIAL_PROGRAMS, type TrialProgram, type TrialSides, trialSides } from './trial-programs.ts';
import { type Trial, tableOf } from './trial-table.ts';

/** Goal for one comparison. */
const BUDGET_MS = 30_000;

const { values } = parseArgs({
  options: {
    comparisons: { type: 'string', default: '100' },
    injected: { type: 'string', default: '9' },
    every: { type: 'string', default: '500' },
    languages: { type: 'string', default: 'typescript,python,go' },
    json: { type: 'string' },
  },
});
const found = await findCounter(runProcess, process.cwd());
if (found.state === 'missing') {
  console.error(
    `${found.reason}. Install it: apt-get install valgrind (dnf, pacman and apk call it the same).`,
  );
  process.exit(1);
}
const { counter } = found;
const parallel = availableParallelism() > 1 ? 2 : 1;
const every = Number(values.every);
const trials: Trial[] = [];
for (const program of TRIAL_PROGRAMS) {
  if (!values.languages.split(',').includes(program.language)) continue;
  const sides = await trialSides(program);
  if (sides.state === 'missing') {
    console.log(`${program.language} was left out: ${sides.reason}.`);
    continue;
  }
  try {
    const paces = await pacesOf(program, sides);
    for (const [kind, count] of [
      ['same', Number(values.comparisons)],
      ['slower', Number(values.injected)],
    ] as const) {
      sides.slow('head', kind === 'slower' ? every : NEVER);
      for (let n = 0; n < count; n++) {
        const benchmark = program.benchmarks[n % program.benchmarks.length]!;
        trials.push(await compare(program, sides, benchmark, paces.get(benchmark)!, kind));
        report(trials.at(-1)!, n + 1, count);
        if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(trials));
      }
    }
  } finally {
    await sides.remove();
  }
}
console.log(tableOf(trials, counter, every));

async function compare(
  { language, file }: TrialProgram,
  { base, head }: TrialSides,
  benchmark: string,
  nsPerOp: number,
  kind: Trial['kind'],
): Promise<Trial> {
  const from = performance.now();
  const samples = await measureCounts({
    count: { base: base.count!, head: head.count! },
    ...{ file, benchmark, language, counter, nsPerOp, parallel, budgetMs: BUDGET_MS },
    // Others may use this machine too: a comparison that takes long is a figure, and none at all is not.
    limitMs: 1_200_000,
    clock: () => performance.now(),
  });
  const seconds = (performance.now() - from) / 1000;
  // A margin of 0.2 %: half of it, 0.1 %, is the least that is called a change.
  const judgement = judgeCounts(samples, { margin: 0.002, effectFloor: 0.001 });
  return { language, benchmark, kind, seconds, samples, judgement };
}

/** Nanoseconds of an operation at full speed, as a run knows them from its wall time. */
async function pacesOf(program: TrialProgram, { base }: TrialSides): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const name of program.benchmarks) {
    const ask = { file: program.file, benchmarks: [name], warmup: {}, targetChunkNs: 1e6, timeoutMs: 60_000 };
    const limits = { maxBenchmarkMs: 300, chunks: 0 };
    const calibrated = await base.drive({ ...ask, ...limits, mode: 'calibrate', iterations: {} });
    const [outcome] = calibrated.outcomes;
    if (outcome?.state !== 'calibrated') throw new Error(`${name} could not be calibrated`);
    const iterations = { [name]: outcome.iterations };
    const sampled = await base.drive({ ...ask, ...limits, chunks: 200, mode: 'sample', iterations });
    const [seen] = sampled.outcomes;
    if (seen?.state !== 'sampled') throw new Error(`${name} could not be sampled`);
    found.set(name, median(seen.chunks.slice(seen.chunks.length / 2)));
  }
  return found;
}

function report({ language, benchmark, kind, seconds, judgement }: Trial, done: number, of: number): void {
  const said =
    judgement.state === 'judged'
      ? `${judgement.verdict} ${((judgement.ratio - 1) * 100).toFixed(4)} %`
      : judgement.reason;
  console.error(`${language} ${benchmark} ${kind} ${done}/${of}: ${said}, ${seconds.toFixed(1)} s`);
}
