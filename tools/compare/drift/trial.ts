import { parseArgs } from 'node:util';
import { clopperPearson } from '../../kernel/statistics/index.ts';
import { DRIFT_POLICY, driftOf } from './drift.ts';
import { type HistoryTraits, type HistoryTruth, syntheticHistory } from './synthetic-history.ts';

/** `npm run bench:drift`: how often histories that never drifted are said to have, and how often drift is found. */
export interface DriftTally {
  readonly histories: number;
  readonly drifted: number;
  /** Of those found: the right direction, the right shape. */
  readonly direction: number;
  readonly shape: number;
  /** Of those found: the interval of the total holds the truth; the place of the step lies within the range named. */
  readonly covered: number;
  readonly placed: number;
}

export function tallyDrift(
  histories: number,
  length: number,
  traits: HistoryTraits,
  truth: HistoryTruth,
  seed: number,
): DriftTally {
  const tally = { histories, drifted: 0, direction: 0, shape: 0, covered: 0, placed: 0 };
  for (let i = 0; i < histories; i++) {
    const found = driftOf(syntheticHistory(length, traits, truth, seed + i * 7919));
    if (found.state !== 'drifted') continue;
    const { ratio, interval } = found.total;
    tally.drifted += 1;
    tally.direction += Number(Math.sign(Math.log(ratio)) === Math.sign(Math.log(truth.total)));
    tally.shape += Number(found.shape === (truth.shape === 'slope' ? 'slope' : 'steps'));
    tally.covered += Number(interval[0] <= truth.total && truth.total <= interval[1]);
    const at = truth.at ?? length >> 1;
    tally.placed += Number(found.steps.some(({ within: [from, to] }) => from < at && at <= to));
  }
  return tally;
}

const MACHINES: Readonly<Record<string, HistoryTraits>> = {
  'quiet, 1 % from session to session': { noise: 0.01 },
  'noisy, 4 %': { noise: 0.04 },
  'noisy, 1 in 6 sessions 1.3 times slower': { noise: 0.02, busyEvery: 6 },
  'three classes of machine, mixed': { noise: 0.02, machines: { count: 3, order: 'mixed' } },
  'the machine replaced half-way': { noise: 0.02, machines: { count: 2, order: 'replaced' } },
  '10 %, and a control that shares 0.98 of it': { noise: 0.1, controlled: 0.98 },
  'neighbouring sessions alike (r = 0.3)': { noise: 0.02, memory: 0.3 },
  'neighbouring sessions alike (r = 0.6)': { noise: 0.02, memory: 0.6 },
};

const TRUTHS: readonly HistoryTruth[] = [
  { shape: 'none', total: 1 },
  { shape: 'slope', total: 1.01 ** 20 },
  { shape: 'step', total: 1.1, at: 20 },
];

function main(): void {
  const { values } = parseArgs({
    options: {
      histories: { type: 'string', default: '5000' },
      length: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [histories, length, seed] = [values.histories, values.length, values.seed].map(Number) as [
    number,
    number,
    number,
  ];
  console.log(
    `${length} points a history; declared: at most ${100 * DRIFT_POLICY.alpha} % of series without a change\n`,
  );
  for (const [name, traits] of Object.entries(MACHINES)) {
    console.log(name);
    for (const truth of TRUTHS) {
      const count = truth.shape === 'none' ? histories : Math.max(1, Math.round(histories / 10));
      const tally = tallyDrift(count, length, traits, truth, seed);
      const [low, high] = clopperPearson(tally.drifted, count, 0.95);
      const of = (n: number): string => `${((100 * n) / Math.max(1, tally.drifted)).toFixed(0)} %`;
      const rate = `${tally.drifted} of ${count} (${(100 * low).toFixed(2)}–${(100 * high).toFixed(2)} %)`;
      const rest =
        truth.shape === 'none'
          ? ''
          : `direction ${of(tally.direction)}, shape ${of(tally.shape)}, interval holds ${of(tally.covered)}${truth.shape === 'step' ? `, place holds ${of(tally.placed)}` : ''}`;
      const what =
        truth.shape === 'none' ? 'no change' : `${truth.shape} ${((truth.total - 1) * 100).toFixed(0)} %`;
      console.log(`  ${what.padEnd(12)} called drifted ${rate.padEnd(36)} ${rest}`);
    }
  }
}

if (import.meta.main) main();
