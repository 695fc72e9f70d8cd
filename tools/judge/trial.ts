import { parseArgs } from 'node:util';
import { judgePolicy } from '../compare/policy.ts';
import { clopperPearson, gaussian, type Random, seededRandom } from '../kernel/statistics/index.ts';
import { loadFormats, parseSource, type RecordingFormat, readSource } from '../recordings/index.ts';
import { judgeRecordings } from './judge-recordings.ts';
import { WRITERS } from './trial-files.ts';

/** One line of the table: pairs of files with one true change. */
export interface TrialRow {
  readonly ratio: number;
  readonly pairs: number;
  readonly regressed: number;
  readonly improved: number;
  readonly unchanged: number;
  /** Intervals that hold the truth. */
  readonly covered: number;
}

/** What the samples of a pair are made of. */
export interface TrialNoise {
  readonly samples: number;
  /** Standard deviation, as a share. */
  readonly noise: number;
  /** Share of the samples that take 2 to 10 times as long. */
  readonly outliers: number;
}

/**
 * Judges pairs of recordings whose truth is known, the formats in turn: through text, importer and judge, as any file.
 *
 * @param ratio true head / base
 */
export function trialRow(
  formats: readonly RecordingFormat[],
  ratio: number,
  pairs: number,
  noise: TrialNoise,
  random: Random,
): TrialRow {
  const writers = Object.values(WRITERS);
  const settings = { mode: 'enforce', policy: judgePolicy(), controls: [] } as const;
  const tally = { regressed: 0, improved: 0, unchanged: 0, inconclusive: 0 };
  let covered = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const write = writers[pair % writers.length] as (typeof writers)[number];
    const scale = 10 ** (-7 + 4 * random());
    const read = (side: 'base' | 'head', factor: number) =>
      readSource(parseSource(write(samplesOf(scale * factor, noise, random)), side), formats, side);
    const { outcomes } = judgeRecordings(read('base', 1), read('head', ratio), settings);
    const [outcome] = outcomes;
    if (outcome?.state !== 'judged')
      throw new Error(`The trial's own file was not judged: ${JSON.stringify(outcome)}`);
    tally[outcome.verdict] += 1;
    const [figure] = outcome.figures;
    if (figure?.state !== 'judged') throw new Error("The trial's time was not judged.");
    const truth = figure.metric.better === 'higher' ? 1 / ratio : ratio;
    const [low, high] = figure.judgement.interval;
    if (low <= truth && truth <= high) covered += 1;
  }
  const { inconclusive: _, ...counts } = tally;
  return { ratio, pairs, ...counts, covered };
}

function samplesOf(
  level: number,
  { samples, noise, outliers }: TrialNoise,
  random: Random,
): readonly number[] {
  return Array.from(
    { length: samples },
    () => level * Math.exp(noise * gaussian(random)) * (random() < outliers ? 2 + 8 * random() : 1),
  );
}

/** `npm run bench:judge:trial -- [--pairs=1600] [--samples=12] [--noise=0.01] [--outliers=0.05] [--seed=1]` */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pairs: { type: 'string', default: '1600' },
      samples: { type: 'string', default: '12' },
      noise: { type: 'string', default: '0.01' },
      outliers: { type: 'string', default: '0.05' },
      seed: { type: 'string', default: '1' },
    },
  });
  const formats = await loadFormats();
  const random = seededRandom(Number(values.seed));
  const noise = {
    samples: Number(values.samples),
    noise: Number(values.noise),
    outliers: Number(values.outliers),
  };
  const pairs = Number(values.pairs);
  // Half of the pairs have no change, since alarms are what takes most pairs to tell.
  const plan = [[1, pairs / 2], ...[1.01, 1.02, 1.05, 1.1].map((ratio) => [ratio, pairs / 8])] as const;
  console.log('| true change | pairs | regressed | improved | unchanged | interval holds the truth (99 %) |');
  console.log('|--:|--:|--:|--:|--:|--:|');
  for (const [ratio = 1, count = 0] of plan) {
    const row = trialRow(formats, ratio, Math.round(count), noise, random);
    const share = (hits: number): string => `${((100 * hits) / row.pairs).toFixed(1)} %`;
    const [low] = clopperPearson(row.covered, row.pairs, 0.95);
    console.log(
      `| ${ratio === 1 ? 'none' : `+${Math.round((ratio - 1) * 100)} %`} | ${row.pairs} | ${row.regressed} (${share(row.regressed)}) | ${row.improved} | ${share(row.unchanged)} | ${share(row.covered)} (≥ ${(100 * low).toFixed(1)} %) |`,
    );
  }
}

if (import.meta.main) await main();
