import { median, robustSd } from '../../kernel/statistics/index.ts';
import { orderOf } from './order.ts';

/** Samples of one side of one figure: positive values of each process, in the order taken or sorted. */
export interface SideSamples {
  readonly order: 'kept' | 'sorted';
  readonly processes: readonly (readonly number[])[];
}

/** What is compared: one number each, on the scale of logarithms. */
export interface Replicates {
  /** `process`: one is a fresh process. `sample`: they are of too few processes, and stand in for them. */
  readonly unit: 'process' | 'sample';
  readonly logs: readonly number[];
  readonly processes: number;
  readonly samples: number;
  readonly order: 'kept' | 'sorted';
  /** So many neighbours were taken together, since they resemble each other, or since there are that many. */
  readonly block: number;
  /** Drift that no blocks remove: how far the parts of the recording lie from each other, as a logarithm. */
  readonly drift: number;
}

/** More of them cost time and say little more: what differs between recordings does not shrink with their number. */
const MOST = 40;
/** Fewest blocks that can still give a verdict. */
const FEWEST_BLOCKS = 12;

/**
 * Samples as replicates. Where there are several processes, each is one (its median), since samples of one process
 * resemble each other: pooled, 57 to 83 of 100 comparisons of the same code looked changed on public JMH data.
 * Samples that depend on their neighbours are taken together in blocks until they do not.
 *
 * @param asSamples take samples as units though there are several processes, where there are too few of these
 */
export function replicatesOf(side: SideSamples, asSamples: boolean): Replicates {
  const unit = side.processes.length > 1 && !asSamples ? 'process' : 'sample';
  const values = unit === 'process' ? processLevels(side.processes) : side.processes.flat();
  const common = {
    unit,
    processes: side.processes.length,
    samples: side.processes.reduce((sum, { length }) => sum + length, 0),
    order: side.order,
  } as const;
  const logs = values.map(Math.log);
  if (side.order === 'sorted') return { ...common, logs: thinned(logs), block: 1, drift: 0 };
  for (const count of [Math.min(logs.length, MOST), 20, FEWEST_BLOCKS]) {
    if (count > logs.length || (count < logs.length && logs.length < 2 * count && logs.length <= MOST))
      continue;
    const blocks = blocksOf(logs, count);
    const { independent, span } = orderOf(blocks);
    const block = Math.round(logs.length / count);
    if (independent) return { ...common, logs: blocks, block, drift: 0 };
    if (count <= FEWEST_BLOCKS || logs.length < 2 * FEWEST_BLOCKS)
      return { ...common, logs: blocks, block, drift: span };
  }
  const blocks = blocksOf(logs, Math.min(logs.length, MOST));
  const { independent, span } = orderOf(blocks);
  return { ...common, logs: blocks, block: 1, drift: independent ? 0 : span };
}

/** Slower than the median of its side by so many robust standard deviations is an outlier, as a logarithm. */
const FENCE = 5;

/**
 * The median of each process, without samples that lie far above all of the side: of two or three samples the median
 * alone bears no outlier. A process that has nothing else keeps them.
 */
export function processLevels(processes: readonly (readonly number[])[]): readonly number[] {
  const logs = processes.flat().map(Math.log);
  const limit = Math.exp(median(logs) + FENCE * robustSd(logs));
  return processes.map((values) => {
    const near = values.filter((value) => value <= limit);
    return median(near.length > 0 ? near : values);
  });
}

/** Medians of so many runs of neighbours, equally long but for one. */
function blocksOf(logs: readonly number[], count: number): readonly number[] {
  if (count >= logs.length) return logs;
  return Array.from({ length: count }, (_, index) =>
    median(
      logs.slice(Math.floor((index * logs.length) / count), Math.floor(((index + 1) * logs.length) / count)),
    ),
  );
}

/**
 * So many of the samples at equal distances by size. They have the same distribution, and claim no more than so few
 * samples may whose independence nobody can check.
 */
function thinned(logs: readonly number[]): readonly number[] {
  if (logs.length <= MOST) return logs;
  const sorted = [...logs].sort((a, b) => a - b);
  return Array.from(
    { length: MOST },
    (_, index) => sorted[Math.floor(((index + 0.5) * sorted.length) / MOST)] as number,
  );
}
