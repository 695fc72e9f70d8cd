import { cpus, release } from 'node:os';
import type { Counter } from '../../harnesses/counter.ts';
import { clopperPearson, median } from '../../kernel/statistics/index.ts';
import { instructionsPerOperation } from './judge-counts.ts';
import type { CountLanguage } from './traits.ts';
import type { CountJudgement, CountSamples } from './types.ts';

/** One comparison of a trial. */
export interface Trial {
  readonly language: CountLanguage;
  readonly benchmark: string;
  /** The same code on both sides, or head with work injected. */
  readonly kind: 'same' | 'slower';
  readonly seconds: number;
  readonly samples: CountSamples;
  readonly judgement: CountJudgement;
}

/** Repeats that the spread is told over. */
const REPEATS = 20;

/** What a trial showed, as Markdown. Pure but for the name of the machine. */
export function tableOf(trials: readonly Trial[], counter: Counter, every: number): string {
  const languages = [...new Set(trials.map(({ language }) => language))];
  const rows = languages.flatMap((language) => {
    const mine = trials.filter((trial) => trial.language === language);
    const benchmarks = [...new Set(mine.map(({ benchmark }) => benchmark))];
    return [
      ...benchmarks.map((name) =>
        rowOf(
          `${language} ${name}`,
          mine.filter(({ benchmark }) => benchmark === name),
        ),
      ),
      rowOf(`**${language}**`, mine),
    ];
  });
  const same = trials.filter(({ kind }) => kind === 'same');
  const [, upper] = clopperPearson(same.filter(isAlarm).length, same.length, 0.95);
  const injected = `+${(100 / every).toPrecision(1)} %`;
  return [
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Linux ${release()}; ${counter.name} ${counter.version}${counter.before.length > 0 ? '' : ', addresses at random'}.`,
    '',
    `| | spread over ${REPEATS} repeats | no change: alarms | no change: inconclusive | ${injected}: found | ${injected}: measured as | seconds a comparison (median, longest) |`,
    '|---|--:|--:|--:|--:|--:|--:|',
    ...rows,
    '',
    `${same.filter(isAlarm).length} alarms in ${same.length} comparisons without a change (95 % upper bound of the rate: ${(100 * upper).toFixed(2)} %).`,
  ].join('\n');
}

function rowOf(title: string, trials: readonly Trial[]): string {
  const same = trials.filter(({ kind }) => kind === 'same');
  const slower = trials.filter(({ kind }) => kind === 'slower');
  const changes = slower.flatMap(({ judgement }) =>
    judgement.state === 'judged' ? [100 * (judgement.ratio - 1)] : [],
  );
  const found = slower.filter(({ judgement }) => verdictOf(judgement) === 'regressed').length;
  const measured =
    changes.length === 0
      ? '–'
      : `${median(changes).toFixed(3)} % (${Math.min(...changes).toFixed(3)} to ${Math.max(...changes).toFixed(3)})`;
  const seconds = trials.map((trial) => trial.seconds);
  const cells = [
    title,
    spreadOf(same),
    `${same.filter(isAlarm).length} of ${same.length}`,
    same.filter(({ judgement }) => verdictOf(judgement) === 'inconclusive').length,
    slower.length === 0 ? '–' : `${found} of ${slower.length}`,
    measured,
    `${median(seconds).toFixed(0)}, ${Math.max(...seconds).toFixed(0)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** (max − min) / median of the first slopes, both sides together; of several benchmarks the widest. */
function spreadOf(trials: readonly Trial[]): string {
  const byBenchmark = new Map<string, number[]>();
  for (const { benchmark, samples } of trials) {
    if (samples.state !== 'counted') continue;
    const known = byBenchmark.get(benchmark) ?? [];
    byBenchmark.set(benchmark, [...known, ...samples.slopes.map(instructionsPerOperation)].slice(0, REPEATS));
  }
  const spreads = [...byBenchmark.values()].map(
    (slopes) => (Math.max(...slopes) - Math.min(...slopes)) / median(slopes),
  );
  if (spreads.length === 0) return '–';
  const fewest = Math.min(...[...byBenchmark.values()].map((slopes) => slopes.length));
  const repeats = fewest < REPEATS ? ` (of ${fewest})` : '';
  return `${(100 * Math.max(...spreads)).toFixed(4)} %${repeats}`;
}

function isAlarm({ judgement }: Trial): boolean {
  const verdict = verdictOf(judgement);
  return verdict === 'regressed' || verdict === 'improved';
}

function verdictOf(judgement: CountJudgement) {
  return judgement.state === 'judged' ? judgement.verdict : 'inconclusive';
}
