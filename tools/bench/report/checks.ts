import { errorFinding } from '../../kernel/report/finding.ts';
import type { Finding, Report } from '../../kernel/report/schema.ts';
import { benchErrors } from '../errors.ts';
import type { Canary } from '../measure/canary.ts';
import type { BenchFindingContext } from './findings.ts';
import { percent } from './words.ts';

type Check = NonNullable<Report['run']['checks']>[number];

/** What a run tells of its canaries. Pure. */
export function canaryChecks(canaries: readonly Canary[]): Check[] {
  return canaries.map((canary) => ({
    id: `canary/${canary.harness}`,
    passed: canary.state === 'found',
    message:
      canary.state === 'not-measured'
        ? `canary not measured: ${canary.reason}`
        : `${canary.subject}, slowed down by ${slowdown(canary.truth)} on purpose, was ${canary.state === 'found' ? 'found' : 'not found'}: ${seen(canary)}`,
  }));
}

/** A canary that was not found makes the run inconclusive. Pure. */
export function canaryFindings(canaries: readonly Canary[], context: BenchFindingContext): Finding[] {
  return canaries.flatMap((canary) => {
    if (canary.state === 'found') return [];
    const { harness } = canary;
    const error =
      canary.state !== 'not-measured'
        ? benchErrors.create('bench/canary-missed', {
            ...{ harness, subject: canary.subject },
            ...{ truth: slowdown(canary.truth), seen: seen(canary) },
          })
        : benchErrors.create('bench/canary-not-measured', { harness, reason: canary.reason });
    return [errorFinding(context, error, 'warning')];
  });
}

function slowdown(ratio: number): string {
  return percent(ratio).replace(/^\+/, '');
}

function seen({ judgement }: Extract<Canary, { state: 'found' | 'missed' }>): string {
  const judged = judgement.statistics[0];
  if (judged === undefined) return 'nothing';
  const [low, high] = judged.interval;
  return `${judgement.verdict}, ${percent(judged.ratio)} [${percent(low)}, ${percent(high)}]`;
}
