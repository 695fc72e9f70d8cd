import { MEMORY_FIGURES, type MemoryFigureKind, memoryFigureKind } from '../../harnesses/memory-figures.ts';
import { alphaOfAttempt, confidenceOfAttempt, LEAST_MEMORY, MEMORY_ALPHA_SHARE } from '../policy.ts';
import type { BenchmarkSamples, JudgePolicy, MemoryJudgement, Verdict } from '../types.ts';
import { extraPairs } from './extra-pairs.ts';
import { type JudgedExtra, judgeExtra } from './judge-extra.ts';

/** Figures of memory that processes of the deciding batches told, in a constant order. */
export function memoryKinds(samples: BenchmarkSamples, policy: JudgePolicy): readonly MemoryFigureKind[] {
  if (policy.memory === undefined) return [];
  const told = new Set(
    samples.batches
      .filter(({ role }) => role !== 'pilot')
      .flatMap(({ replicates }) => replicates.flatMap(({ extra }) => extra.map(memoryFigureKind))),
  );
  return (Object.keys(MEMORY_FIGURES) as MemoryFigureKind[]).filter((kind) => told.has(kind));
}

/** Each figure judged by the attempts up to one; those without a pair in a main batch are left out. */
function judgeFigures(samples: BenchmarkSamples, attempt: number, policy: JudgePolicy): JudgedExtra[] {
  const { memory } = policy;
  const kinds = memoryKinds(samples, policy);
  if (memory === undefined) return [];
  return kinds.flatMap((kind) => {
    const { name, unit } = MEMORY_FIGURES[kind];
    const pairs = extraPairs(samples, name).filter((pair) => pair.attempt <= attempt);
    if (!pairs.some(({ role }) => role === 'main')) return [];
    return judgeExtra(pairs, {
      ...{ name, unit },
      margin: kind === 'peak' ? memory.peakMargin : memory.margin,
      least: LEAST_MEMORY[kind],
      alpha: alphaOfAttempt(policy.alpha * MEMORY_ALPHA_SHARE, attempt) / kinds.length,
      confidence: confidenceOfAttempt(policy.confidence, attempt),
    });
  });
}

function verdictOf(figures: readonly JudgedExtra[]): Verdict {
  for (const verdict of ['regressed', 'improved', 'inconclusive'] as const) {
    if (figures.some((judged) => judged.verdict === verdict)) return verdict;
  }
  return 'unchanged';
}

/**
 * Judges what processes told of memory. Its figures share {@link MEMORY_ALPHA_SHARE} of the benchmark's error budget,
 * and repeated attempts share it as they do for time: what one attempt found stays found unless all of them together
 * show that it is within the margin.
 *
 * @returns undefined where nothing was told, or nobody asks
 */
export function judgeMemory(samples: BenchmarkSamples, policy: JudgePolicy): MemoryJudgement | undefined {
  const attempts = [...new Set(samples.batches.map(({ attempt }) => attempt))].sort((a, b) => a - b);
  const figures = judgeFigures(samples, attempts.at(-1) ?? 1, policy);
  if (figures.length === 0) return undefined;
  const stands = attempts.slice(0, -1).map((attempt) => judgeFigures(samples, attempt, policy));
  const settled = figures.map((judged) => {
    if (judged.verdict !== 'inconclusive') return judged;
    const found = stands
      .flat()
      .find(
        ({ name, verdict }) => name === judged.name && (verdict === 'regressed' || verdict === 'improved'),
      );
    return found === undefined ? judged : { ...judged, verdict: found.verdict, confirmed: true };
  });
  const verdict = verdictOf(settled);
  const decidedBy = settled.filter((judged) => judged.verdict === verdict).map(({ name }) => name);
  return { verdict, decidedBy, figures: settled.map(({ suspect: _, ...judged }) => judged) };
}

/** A figure is suspect after the main batch: only a fresh one can convict it. */
export function memoryNeedsConfirmation(samples: BenchmarkSamples, policy: JudgePolicy): boolean {
  const last = Math.max(1, ...samples.batches.map(({ attempt }) => attempt));
  return judgeFigures(samples, last, policy).some(({ suspect }) => suspect);
}
