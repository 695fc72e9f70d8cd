import { type FindingContext, finding } from '../../kernel/report/finding.ts';
import type { Finding } from '../../kernel/report/schema.ts';
import type { KnownBenchmarks } from '../known.ts';
import { count } from './words.ts';

export interface FewBenchmarksPolicy {
  readonly min: number;
  readonly severity: Finding['severity'];
}

/**
 * A finding where a project has fewer benchmarks than policy wants, those in quarantine and those that are skipped
 * left out. Says nothing where not all could be listed. Pure.
 */
export function fewBenchmarks(
  known: KnownBenchmarks,
  isHeld: (subject: string) => boolean,
  { min, severity }: FewBenchmarksPolicy,
  context: FindingContext,
): readonly Finding[] {
  if (!known.complete) return [];
  const held = known.all.filter(({ id }) => isHeld(id)).length;
  const counted = known.all.filter(({ id, skipped }) => !skipped && !isHeld(id)).length;
  if (counted >= min) return [];
  const skipped = known.all.length - held - counted;
  const others = [
    ...(held > 0 ? [`${held} in quarantine`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  const beside =
    others.length > 0 ? ` that ${counted === 1 ? 'counts' : 'count'}, beside ${others.join(' and ')}` : '';
  return [
    finding(context, {
      id: 'bench/few-benchmarks',
      severity,
      message: `${context.project} has ${count(counted, 'benchmark')}${beside}, and policy wants ${min}: what slows down the rest of it is not seen.`,
      remedy: `Let more be written: npx nx g nx-assay:bench ${context.project}. Or set "minBenchmarks" in assay/bench.json or in "bench" of assay/policy.json.`,
      evidence: { counted, held, skipped, min },
    }),
  ];
}
