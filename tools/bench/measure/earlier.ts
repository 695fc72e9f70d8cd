import { judge } from '../../compare/index.ts';
import type { BenchmarkSamples } from '../../compare/types.ts';
import { policyFor } from '../settings/margins.ts';
import type { MeasureContext } from './context.ts';

/** Benchmarks that earlier attempts at this very pair have decided: measuring them again would tell nothing new. */
export function decidedBefore(context: MeasureContext): ReadonlyMap<string, BenchmarkSamples> {
  const decided = new Map<string, BenchmarkSamples>();
  for (const samples of context.pool?.samples ?? []) {
    const { verdict } = judge(samples, policyFor(samples.subject, context.settings));
    if (verdict === 'unchanged' || verdict === 'improved') decided.set(samples.subject, samples);
  }
  return decided;
}

/** Samples together with those of earlier attempts. Counts repeat, so that those of one attempt serve. */
export function withPool(samples: BenchmarkSamples, context: MeasureContext): BenchmarkSamples {
  const earlier = earlierSamples(context, samples.subject);
  if (earlier === undefined) return samples;
  const counts = samples.counts ?? earlier.counts;
  return {
    ...samples,
    batches: [...earlier.batches, ...samples.batches],
    ...(counts?.state === 'counted' ? { counts } : {}),
  };
}

export function earlierSamples(context: MeasureContext, subject: string): BenchmarkSamples | undefined {
  return context.pool?.samples.find((samples) => samples.subject === subject);
}
