import { recordingsErrors } from '../errors.ts';
import type { RecordedMetric } from '../recording.ts';
import { recordedSamples, timeMetric } from '../samples.ts';
import { nanosecondsOf } from '../units.ts';

/**
 * Time per iteration from the totals of samples and their iteration counts.
 *
 * @throws AssayError `recordings/no-samples`, `recordings/bad-sample`, `recordings/unknown-unit`
 */
export function perIteration(
  totals: readonly number[],
  iterations: readonly number[],
  unit: string,
  whose: { readonly path: string; readonly benchmark: string },
): readonly RecordedMetric[] {
  if (totals.length !== iterations.length) {
    const problem = `it has ${totals.length} times and ${iterations.length} iteration counts`;
    throw recordingsErrors.create('recordings/no-samples', { ...whose, problem });
  }
  const factor = nanosecondsOf(unit);
  if (factor === undefined) throw recordingsErrors.create('recordings/unknown-unit', { ...whose, unit });
  const values = totals.map((total, index) => {
    const count = iterations[index] as number;
    return count > 0 ? total / count : Number.NaN;
  });
  return [timeMetric(recordedSamples([{ values }], 'kept', whose, { factor, zeros: false }))];
}
