import { type FindingContext, finding } from '../../kernel/report/finding.ts';
import type { Finding } from '../../kernel/report/schema.ts';
import { DO_MORE } from '../errors.ts';
import type { BenchmarkOutcome } from '../outcome.ts';
import type { BenchFindingContext } from './finding-parts.ts';
import { instructionFindings } from './instructions.ts';
import { count } from './words.ts';

/** Share of an operation that the loop itself may take before a reader should know. */
const OVERHEAD_SHARE = 0.1;

/** What helps depends on why it is unknown. */
const REMEDIES = {
  again:
    'Run again: the next run pools its samples with these. For a sure answer sooner, raise the time (--budget, "budgetSeconds"), accept a wider "margin", or use a quieter machine.',
  base: 'Compare with --base=<ref>, which measures both versions together, or name benchmarks that measure the machine in "controls" of assay/bench.json.',
  time: 'Give what was cut off more time (--budget, "budgetSeconds"), or choose fewer with --filter.',
} as const;

interface Unknown {
  readonly title: string;
  readonly why: string;
  readonly remedy: keyof typeof REMEDIES;
}

/** Findings over all benchmarks of a run: what is inconclusive, what the loop distorts. Pure. */
export function runFindings(
  outcomes: readonly BenchmarkOutcome[],
  context: BenchFindingContext,
): readonly Finding[] {
  return [
    ...inconclusive(outcomes, context),
    ...instructionFindings(outcomes, context),
    ...overheads(outcomes, context),
  ];
}

function inconclusive(outcomes: readonly BenchmarkOutcome[], context: FindingContext): readonly Finding[] {
  const unknown = outcomes.flatMap((outcome): Unknown[] => {
    if (outcome.state === 'inconclusive') {
      return [{ title: outcome.title, why: outcome.reason, remedy: 'time' }];
    }
    if (outcome.state === 'measured' && outcome.baseline?.verdict === 'inconclusive') {
      return [{ title: outcome.title, why: outcome.baseline.note, remedy: 'base' }];
    }
    if (outcome.state === 'compared' && outcome.judgement.verdict === 'inconclusive') {
      return [
        {
          title: outcome.title,
          why: outcome.judgement.notes[0] ?? 'the interval is wider than the margin',
          remedy: 'again',
        },
      ];
    }
    return [];
  });
  if (unknown.length === 0) return [];
  const remedies = new Set(unknown.map(({ remedy }) => remedy));
  const shown = unknown.slice(0, 5).map(({ title, why }) => `${title}: ${why.replace(/\.$/, '')}`);
  const more = unknown.length > 5 ? ` (and ${unknown.length - 5} more)` : '';
  return [
    finding(context, {
      id: 'bench/inconclusive',
      severity: 'warning',
      message: `${count(unknown.length, 'benchmark')} could not be decided. ${shown.join('. ')}${more}.`,
      remedy: [...remedies]
        .sort()
        .map((remedy) => REMEDIES[remedy])
        .join(' '),
      evidence: { subjects: unknown.map(({ title, why }) => ({ title, why })) },
    }),
  ];
}

function overheads(outcomes: readonly BenchmarkOutcome[], context: FindingContext): readonly Finding[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.state !== 'compared' && outcome.state !== 'measured') return [];
    const { overheadNs, resolutionNs, iterations } = outcome.samples;
    const perOp =
      outcome.state === 'compared' ? outcome.judgement.statistics[0]?.head.value : outcome.figures[0]?.value;
    if (perOp === undefined || !(overheadNs > OVERHEAD_SHARE * perOp)) return [];
    const share = Math.round((overheadNs / (overheadNs + perOp)) * 100);
    return [
      finding(context, {
        id: 'bench/faster-than-loop',
        severity: 'warning',
        subject: outcome.subject,
        message: `${share} % of the time of ${outcome.title} is the measuring loop itself (${overheadNs.toFixed(2)} ns, taken off the ${perOp.toFixed(2)} ns shown), so that small errors of the one weigh in the other.`,
        remedy: DO_MORE,
        location: { file: outcome.file, ...(outcome.line === undefined ? {} : { line: outcome.line }) },
        evidence: { overheadNs, resolutionNs, iterations },
      }),
    ];
  });
}
