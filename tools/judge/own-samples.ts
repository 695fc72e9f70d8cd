import { judge } from '../compare/judge/judge.ts';
import type { SamplesJudgement } from '../compare/recorded/judge-samples.ts';
import type { BenchmarkSamples, StatisticJudgement } from '../compare/types.ts';
import { isPaired, pairedSamples } from '../recordings/assay-samples/paired.ts';
import { type RecordedMetric, type Recording, readRecording } from '../recordings/index.ts';
import type { RecordingsJudgement } from './judge-recordings.ts';
import type { BenchmarkOutcome, FigureOutcome } from './outcome.ts';
import type { RecordingPath } from './request.ts';
import type { JudgeSettings } from './settings.ts';

/**
 * Judges again what a bench run measured: one `samples.json` with both sides, pair by pair, by the same pure function as the
 * run itself.
 *
 * @returns undefined where the file is no such one, or holds one side only
 * @throws AssayError `recordings/…`, `files/…`
 */
export async function judgeOwnSamples(
  file: RecordingPath,
  settings: JudgeSettings,
): Promise<
  | { readonly judgement: RecordingsJudgement; readonly recordings: readonly [Recording, Recording] }
  | undefined
> {
  const recordings = [
    await readRecording(file.path, file.shown, 'base'),
    await readRecording(file.path, file.shown, 'head'),
  ] as const;
  if (recordings[1].format !== 'assay-samples') return undefined;
  const samples = await pairedSamples(file.path, file.shown);
  if (!samples.some(isPaired)) return undefined;
  const broken = new Map(
    recordings.flatMap(({ benchmarks }) =>
      benchmarks.flatMap((one) => (one.state === 'broken' ? [[one.id, one.error] as const] : [])),
    ),
  );
  const outcomes = samples.map((one): BenchmarkOutcome => {
    const error = broken.get(one.subject);
    if (error) return { state: 'broken', id: one.subject, side: 'head', error };
    if (!isPaired(one)) return { state: 'missing', id: one.subject, from: 'base' };
    return judgeOne(one, settings);
  });
  return {
    judgement: { outcomes, around: { design: 'interleaved', machine: { state: 'same' } } },
    recordings,
  };
}

function judgeOne(samples: BenchmarkSamples, { policy }: JudgeSettings): BenchmarkOutcome {
  const judged = judge(samples, policy);
  const figures = judged.statistics.map((statistic) => figureOf(samples, statistic, judged.notes));
  // The verdict weighs the statistics against each other, which is not for the caller to repeat.
  return { state: 'judged', id: samples.subject, figures, control: false, verdict: judged.verdict };
}

function figureOf(
  samples: BenchmarkSamples,
  statistic: StatisticJudgement,
  notes: readonly string[],
): FigureOutcome {
  const replicates = samples.batches
    .filter(({ role }) => role !== 'pilot')
    .flatMap((batch) => batch.replicates);
  const values = (side: 'base' | 'head') =>
    replicates.filter((one) => one.side === side).map(({ chunks }) => chunks);
  const sizes = (['base', 'head'] as const).map((side) => values(side));
  const metric: RecordedMetric = {
    name: `${statistic.statistic} time per operation`,
    unit: statistic.statistic === 'floor' ? 'ns/op' : `ns/op (${statistic.statistic})`,
    better: 'lower',
    witness: 'wall',
    exact: false,
    data: {
      state: 'samples',
      order: 'kept',
      processes: values('head').map((chunks) => ({ values: chunks })),
    },
  };
  const judgement: SamplesJudgement = {
    ...statistic,
    test: 'exact Wilcoxon signed-rank test over pairs of processes',
    unit: 'process',
    notes,
  };
  const of = (index: 0 | 1) => sizes[index] ?? [];
  const total = (index: 0 | 1): number => of(index).reduce((sum, chunks) => sum + chunks.length, 0);
  return {
    state: 'judged',
    metric,
    judgement,
    kind: {
      design: 'interleaved',
      machine: 'same',
      unit: 'process',
      order: 'kept',
      processes: [of(0).length, of(1).length],
      samples: [total(0), total(1)],
    },
  };
}
