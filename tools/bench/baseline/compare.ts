import { createHash } from 'node:crypto';
import { judgeRecorded, type RecordedValue } from '../../compare/recorded/judge-recorded.ts';
import type { BaselineJudgement, BenchmarkOutcome } from '../outcome.ts';
import { pattern } from '../settings/pattern.ts';
import type { Baseline, BaselineMachine } from './schema.ts';

/**
 * Judges measured benchmarks against a committed baseline: against the section of this class of machine, or, by the
 * control benchmarks, against another one. Pure.
 *
 * @param controls regular expressions over subject ids
 * @param file of the baseline, for the Report
 * @returns the outcomes, with a judgement where the baseline knows the benchmark
 */
export function compareWithBaseline(
  outcomes: readonly BenchmarkOutcome[],
  baseline: Baseline,
  machine: string,
  controls: readonly string[],
  effectFloor: number,
  file: string,
): readonly BenchmarkOutcome[] {
  const same = baseline.machines[machine];
  const section = same ?? newest(baseline);
  if (section === undefined) return outcomes;
  const patterns = controls.map((source) => pattern(source, 'controls of assay/bench.json'));
  const isControl = (subject: string): boolean => patterns.some((control) => control.test(subject));
  const now = new Map(outcomes.flatMap((outcome) => floorOf(outcome)));
  const pairs = [...now].flatMap(([subject, value]) => {
    const before = section.benchmarks[subject]?.floor;
    return before && isControl(subject) ? [{ now: value, before }] : [];
  });
  return outcomes.map((outcome) => {
    const value = now.get(outcome.subject);
    const before = section.benchmarks[outcome.subject]?.floor;
    if (outcome.state !== 'measured' || value === undefined || before === undefined) return outcome;
    const links = isControl(outcome.subject) ? [] : pairs;
    const judged = judgeRecorded(value, before, links, same !== undefined, effectFloor);
    const { value: then, interval: recorded } = before;
    const content = contentOf(baseline, outcome.subject);
    const judgement: BaselineJudgement = { ...judged, file, content, value: then, recorded };
    return { ...outcome, baseline: judgement };
  });
}

/** Of all classes of machine: what one of them accepted is not stale on another. */
function contentOf({ machines }: Baseline, subject: string): string {
  const recorded = Object.entries(machines)
    .map(([machine, { benchmarks }]) => [machine, benchmarks[subject]?.floor ?? null])
    .sort();
  return createHash('sha256').update(JSON.stringify(recorded)).digest('hex').slice(0, 40);
}

function floorOf(outcome: BenchmarkOutcome): [string, RecordedValue][] {
  if (outcome.state !== 'measured') return [];
  const floor = outcome.figures.find(({ statistic }) => statistic === 'floor');
  return floor ? [[outcome.subject, { value: floor.value, interval: floor.interval }]] : [];
}

function newest(baseline: Baseline): BaselineMachine | undefined {
  return Object.values(baseline.machines).sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1))[0];
}
