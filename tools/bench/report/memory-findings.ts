import type { MemoryFigureJudgement } from '../../compare/types.ts';
import { finding } from '../../kernel/report/finding.ts';
import type { Finding } from '../../kernel/report/schema.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { acceptCommand, type BenchFindingContext, location, reproduce } from './finding-parts.ts';
import { memoryChange, memoryDeed } from './memory-words.ts';
import { percent } from './words.ts';

/** The finding of a benchmark that needs more memory; none where memory did not regress. Pure. */
export function memoryFindings(
  outcome: Extract<BenchmarkOutcome, { state: 'compared' }>,
  context: BenchFindingContext,
): readonly Finding[] {
  const { memory } = outcome.judgement;
  const [main, ...others] = memory?.figures.filter(({ verdict }) => verdict === 'regressed') ?? [];
  if (main === undefined) return [];
  const { release, baseRef } = context;
  const base = release ? `at ${release.tag}, ${release.behind} commits ago` : `on ${baseRef.slice(0, 9)}`;
  const also =
    others.length === 0
      ? ''
      : ` So do others: ${others.map((one) => `${one.name} ${memoryChange(one)}`).join(', ')}.`;
  const least = `beyond ${Math.round(main.margin * 1000) / 10} %`;
  return [
    finding(
      context,
      {
        id: release ? 'bench/drifted' : 'bench/regressed',
        severity: 'error',
        subject: outcome.subject,
        message: `${outcome.title} ${memoryDeed(main)} than ${base}: ${memoryChange(main)}${sure(main)}.${also} ${timeText(outcome)}`,
        remedy: `Look at what changed under this benchmark since the base (git diff ${baseRef.slice(0, 9)}). If it is meant to be ${least}, ${release ? 'the next release tag accepts it' : `have it reviewed: ${acceptCommand(outcome, context)}`}. "memoryMargin" sets what matters, and "memory": false leaves memory out.`,
        location: location(outcome),
        reproduce: reproduce(outcome, context),
        evidence: { memory: memory?.figures },
      },
      'memory',
    ),
  ];
}

/** How it is known. */
function sure({ change, confidence, p, alpha, pairs, confirmed }: MemoryFigureJudgement): string {
  const interval =
    change === undefined
      ? ', from or to nothing, so that there is no ratio'
      : `, ${Math.floor(confidence * 1000 + 1e-9) / 10} % interval ${percent(change.interval[0])} to ${percent(change.interval[1])}`;
  const again = confirmed ? ', confirmed by a second batch' : '';
  return `${interval}, p = ${p.toPrecision(2)} where ${Number(alpha.toPrecision(2))} was allowed, ${pairs} pairs of fresh processes${again}`;
}

function timeText({ judgement }: Extract<BenchmarkOutcome, { state: 'compared' }>): string {
  const slower = judgement.statistics.some(({ verdict }) => verdict === 'regressed');
  if (slower) return 'Its time regressed too.';
  return judgement.statistics.some(({ verdict }) => verdict === 'improved')
    ? 'Its time improved.'
    : 'No change of its time was shown.';
}
