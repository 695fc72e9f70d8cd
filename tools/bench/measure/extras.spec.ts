import { expect, it } from 'vitest';
import type { Replicate } from '../../compare/types.ts';
import { metricsOf } from '../report/metrics.ts';
import { extraFigures, missingFigures } from './extras.ts';

const REASON = 'neither python3 nor perl is installed';

function samples(...heads: readonly Partial<Replicate>[]) {
  const replicates = heads.map((head, pair) => ({
    side: 'head' as const,
    pair,
    sequence: pair,
    startedAtMs: pair,
    warmup: [],
    chunks: [100],
    extra: [],
    ...head,
  }));
  const batches = [{ role: 'main' as const, attempt: 1, replicates }];
  return { subject: 'f › x', iterations: 1, overheadNs: 0, resolutionNs: 1, batches };
}

const memory = (value: number) => ({ name: 'peak memory', unit: 'bytes', value, better: 'lower' as const });

it('takes the median of what processes report', () => {
  const given = samples({ extra: [memory(3)] }, { extra: [memory(1)] }, { extra: [memory(2)] });
  expect(extraFigures(given)).toEqual([{ name: 'peak memory', unit: 'bytes', better: 'lower', head: 2 }]);
});

it('shows a figure that the machine cannot give as a skipped metric, with the reason', () => {
  const given = samples({ missing: [{ name: 'peak memory', reason: REASON }] }, {});
  const missing = missingFigures(given);
  expect(missing).toEqual([{ name: 'peak memory', reason: REASON }]);
  const origin = { subject: 'f › x', title: 'x', file: 'f' };
  const outcome = { ...origin, state: 'measured', samples: given, figures: [], extras: [], missing } as const;
  expect(metricsOf(outcome, { samplesArtifact: '', baseRef: '' })).toMatchObject([
    { id: 'f › x#peak memory', name: 'peak memory', state: 'skipped', reason: REASON },
  ]);
});

it('a figure that one process could give is not missing', () => {
  const given = samples({ missing: [{ name: 'peak memory', reason: REASON }] }, { extra: [memory(1)] });
  expect(missingFigures(given)).toEqual([]);
});
