import type { CountJudgement } from '../../compare/count/types.ts';
import type { Judgement } from '../../compare/types.ts';
import { finding } from '../../kernel/report/finding.ts';
import type { Finding, Metric } from '../../kernel/report/schema.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import { acceptCommand, type BenchFindingContext, location, reproduce } from './finding-parts.ts';
import { type MetricContext, metricId } from './metric-parts.ts';
import { finePercent } from './words.ts';

/** Last part of the metric's id. */
export const INSTRUCTIONS = 'instructions';

type Compared = Extract<BenchmarkOutcome, { state: 'compared' }>;
type Counted = Extract<CountJudgement, { state: 'judged' }>;

/** The counts that a verdict rests on, if it does. Pure. */
export function decidingCounts({ verdict, counts }: Judgement): Counted | undefined {
  if (counts?.role !== 'decides' || counts.judgement.state !== 'judged') return undefined;
  return counts.judgement.verdict === verdict ? counts.judgement : undefined;
}

/** What was counted, with a verdict of its own; nothing where no instruction was counted. Pure. */
export function instructionMetrics(outcome: Compared, context: MetricContext): readonly Metric[] {
  const { counts } = outcome.judgement;
  const counted = counts?.judgement;
  if (counts === undefined || counted?.state !== 'judged') return [];
  return [
    {
      id: metricId(outcome.subject, INSTRUCTIONS),
      subject: outcome.subject,
      name: 'instructions per operation',
      labels: { tool: counted.tool, role: counts.role },
      unit: 'instructions/op',
      better: 'lower',
      witness: 'instructions',
      statistic: 'count',
      state: 'measured',
      value: counted.head.value,
      interval: [...counted.head.interval],
      samples: {
        artifact: context.samplesArtifact,
        // Two processes make a slope.
        processes: 4 * counted.slopes,
        perProcess: 1,
        ordered: true,
      },
      comparisons: [
        {
          against: context.release === undefined ? 'base' : 'release',
          ref: context.release ?? context.baseRef,
          value: counted.base.value,
          interval: [...counted.base.interval],
          change: { ratio: counted.ratio, interval: [...counted.interval] },
          test: 'a difference beyond the spread of repeated counts and what the language adds by itself',
          detectable: counted.detectable,
          margin: counted.margin,
          design: 'interleaved',
          pairs: counted.slopes,
          verdict: counted.verdict,
          note: BLIND,
        },
      ],
    },
  ];
}

const BLIND =
  'A count does not see what the processor makes of the instructions (cache misses, branches), waiting and I/O, or other threads and processes.';

const BLIND_IN_GO =
  ' In Go the garbage collector is off while counting: look at the allocations per operation beside it.';

/** The finding of a regression that counts decide. Pure. */
export function regressedByCounts(
  outcome: Compared,
  { base, head, ratio, interval, tool, slopes }: Counted,
  context: BenchFindingContext,
): Finding {
  const { release, baseRef } = context;
  const where = release ? `at ${release.tag}, ${release.behind} commits ago` : `on ${baseRef.slice(0, 9)}`;
  return finding(context, {
    id: release ? 'bench/drifted' : 'bench/regressed',
    severity: 'error',
    subject: outcome.subject,
    message: `${outcome.title} executes ${finePercent(ratio).replace(/^[+−]/, '')} ${ratio > 1 ? 'more' : 'fewer'} instructions than ${where}: ${amount(base.value)} → ${amount(head.value)} per operation, ${finePercent(interval[0])} to ${finePercent(interval[1])}, counted by ${tool} in ${slopes} pairs of slopes. Wall time could not decide, or was not asked to.`,
    remedy: `Look at what changed under this benchmark since the base (git diff ${baseRef.slice(0, 9)}). If the cost is intended, ${release ? 'the next release tag accepts it' : `have it reviewed: ${acceptCommand(outcome, context)}`}. ${BLIND}`,
    location: location(outcome),
    reproduce: [...reproduce(outcome, context), '--witness=instructions'],
    evidence: { counts: outcome.samples.counts, statistics: outcome.judgement.statistics },
  });
}

/** What a reader should know of the second witness: that it decided, contradicted, or could not be asked. Pure. */
export function instructionFindings(
  outcomes: readonly BenchmarkOutcome[],
  context: BenchFindingContext,
): readonly Finding[] {
  const compared = outcomes.filter((outcome) => outcome.state === 'compared');
  return [...decided(compared, context), ...contradicting(compared, context), ...missing(compared, context)];
}

function decided(compared: readonly Compared[], context: BenchFindingContext): readonly Finding[] {
  const found = compared.filter(({ judgement }) => decidingCounts(judgement) !== undefined);
  const tool = found.map(({ judgement }) => decidingCounts(judgement)?.tool)[0];
  if (tool === undefined) return [];
  const go = found.some(({ samples: { counts } }) => counts?.state === 'counted' && counts.language === 'go');
  return [
    finding(context, {
      id: 'bench/decided-by-instructions',
      severity: 'info',
      message: `Instruction counts (${tool}) decided ${titles(found)}. ${BLIND}${go ? BLIND_IN_GO : ''}`,
      remedy:
        'Nothing to do. --witness=wall, or "witness": "wall" in assay/bench.json, lets time alone decide.',
    }),
  ];
}

function contradicting(compared: readonly Compared[], context: BenchFindingContext): readonly Finding[] {
  const found = compared.filter(({ judgement }) => judgement.counts?.role === 'contradicts');
  if (found.length === 0) return [];
  return [
    finding(context, {
      id: 'bench/witnesses-contradict',
      severity: 'warning',
      message: `Wall time and instruction counts contradict each other for ${titles(found)}, so that neither was believed: ${found[0]?.judgement.notes[0] ?? ''}`,
      remedy:
        'Both are in the Report. Time that changes without the instructions points to memory access, branches, waiting or the layout of the code; instructions without the time to work that the processor does on the side. --witness=wall or --witness=instructions says which one is to decide.',
    }),
  ];
}

/** Said once, and only where it would have helped. */
function missing(compared: readonly Compared[], context: BenchFindingContext): readonly Finding[] {
  const found = compared.filter(
    ({ samples: { counts } }) => counts?.state === 'not-counted' && counts.kind === 'missing',
  );
  const counts = found[0]?.samples.counts;
  if (counts?.state !== 'not-counted') return [];
  return [
    finding(context, {
      id: 'bench/valgrind-missing',
      severity: 'info',
      message: `Instruction counts could have decided ${titles(found)}, and were not to be had: ${counts.reason}.`,
      remedy: INSTALL,
    }),
  ];
}

const INSTALL =
  'Install valgrind: apt-get install valgrind on Debian and Ubuntu; dnf, pacman, zypper and apk call it the same. There is none for Windows or for macOS on Apple silicon: run in a Linux container there. --witness=wall leaves this out.';

function titles(found: readonly Compared[]): string {
  const shown = found.slice(0, 3).map(({ title }) => title);
  return found.length > 3 ? `${shown.join(', ')} and ${found.length - 3} more` : shown.join(', ');
}

function amount(instructions: number): string {
  return Math.round(instructions).toLocaleString('en');
}
