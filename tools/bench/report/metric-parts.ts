import type { BenchmarkOutcome } from '../outcome.ts';

/** What the metrics of a run share. */
export interface MetricContext {
  /** Where the raw samples are kept, relative to the workspace root. */
  readonly samplesArtifact: string;
  /** Commit compared with. */
  readonly baseRef: string;
  /** Tag of the release that it is. */
  readonly release?: string;
}

/** Metric ids are stable: views, waivers and history key on them. */
export function metricId(subject: string, statistic: string): string {
  return `${subject}#${statistic}`;
}

/** What was read, by the unit of a figure that processes told. */
export function witnessOf(unit: string): string {
  if (unit.startsWith('allocs')) return 'allocations';
  if (unit.startsWith('B/') || unit.startsWith('bytes')) return 'memory';
  return unit.startsWith('ns') ? 'cpu' : 'reported';
}

/** Where the samples of a benchmark are, and how many processes gave them. */
export function samplesOf(
  outcome: Extract<BenchmarkOutcome, { state: 'compared' | 'measured' }>,
  context: MetricContext,
) {
  const replicates = outcome.samples.batches
    .filter((batch) => batch.role !== 'pilot')
    .flatMap((batch) => batch.replicates);
  return {
    artifact: context.samplesArtifact,
    processes: replicates.length,
    perProcess: replicates[0]?.chunks.length ?? 0,
    ordered: true,
  };
}
