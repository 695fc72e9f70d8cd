import { gaussian, type Random, seededRandom } from '../../kernel/statistics/index.ts';
import type { DriftPoint } from './types.ts';

/** How the sessions of a made-up history differ without any change of the code. */
export interface HistoryTraits {
  /** Standard deviation of a session's level, logarithms. */
  readonly noise: number;
  /** One session in n met a busy machine and is 1.3 times slower. */
  readonly busyEvery?: number;
  /** Correlation of neighbouring sessions. */
  readonly memory?: number;
  /** Classes of machine, taken at random or one after the other; each has its own pace. */
  readonly machines?: { readonly count: number; readonly order: 'mixed' | 'replaced' };
  /** Sessions carry a control benchmark that shares this part of their noise. */
  readonly controlled?: number;
}

/** The truth: total change of the code over the history. */
export interface HistoryTruth {
  readonly shape: 'none' | 'step' | 'slope';
  readonly total: number;
  /** Of a step: points before it. */
  readonly at?: number;
}

/** A history whose truth is known, oldest first. */
export function syntheticHistory(
  length: number,
  traits: HistoryTraits,
  truth: HistoryTruth,
  seed: number,
): DriftPoint[] {
  const random = seededRandom(seed);
  const { noise, busyEvery = 0, memory = 0, machines = { count: 1, order: 'mixed' }, controlled } = traits;
  const at = truth.at ?? length >> 1;
  let kept = gaussian(random);
  return Array.from({ length }, (_, i) => {
    kept = memory * kept + Math.sqrt(1 - memory ** 2) * gaussian(random);
    const session = noise * kept + (busyEvery > 0 && random() < 1 / busyEvery ? Math.log(1.3) : 0);
    const machine = machineAt(i, length, machines, random);
    const pace = machine * Math.log(1.4);
    const shared = controlled === undefined ? 0 : controlled;
    const own = noise * Math.sqrt(1 - shared ** 2) * gaussian(random);
    const level = truth.shape === 'step' ? Number(i >= at) : truth.shape === 'slope' ? i / (length - 1) : 0;
    const log =
      Math.log(1000) +
      pace +
      (controlled === undefined ? session : shared * session + own) +
      level * Math.log(truth.total);
    const value = Math.exp(log);
    return {
      commit: i.toString(16).padStart(40, '0'),
      time: i * 86_400_000,
      value,
      interval: [value * 0.995, value * 1.005] as const,
      machine: `machine ${machine}`,
      ...(controlled === undefined ? {} : { controls: { control: 500 * Math.exp(pace + shared * session) } }),
    };
  });
}

function machineAt(
  i: number,
  length: number,
  { count, order }: NonNullable<HistoryTraits['machines']>,
  random: Random,
): number {
  if (count === 1) return 0;
  return order === 'replaced' ? Math.floor((i * count) / length) : Math.floor(random() * count);
}
