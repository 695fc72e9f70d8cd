import { recordingsErrors } from '../errors.ts';
import { isObject, JsonView } from '../json-view.ts';
import type { RecordedBenchmark } from '../recording.ts';
import { readBenchmark } from '../samples.ts';
import { perIteration } from './per-iteration.ts';

const format = 'cargo-criterion messages';

/** `cargo criterion --message-format=json`: a line for each benchmark that is done. */
export function readMessages(values: readonly unknown[], path: string): readonly RecordedBenchmark[] {
  return values
    .map((value, index) => new JsonView(value, { path, format, at: `line ${index + 1}` }))
    .filter(({ value }) => isObject(value) && value.reason === 'benchmark-complete')
    .map((message) => {
      const benchmark = message.get('id').text();
      return readBenchmark(benchmark, () => {
        const unit = message.get('unit').text();
        const other = ['typical', 'mean', 'median']
          .map((name) => message.maybe(name)?.maybe('unit')?.value)
          .find((said) => said !== undefined && said !== unit);
        if (other !== undefined) {
          const units = `'${unit}' and '${String(other)}'`;
          throw recordingsErrors.create('recordings/contradictory-units', { path, benchmark, units });
        }
        const totals = message.get('measured_values').samples();
        const iterations = message.get('iteration_count').samples();
        return perIteration(totals, iterations, unit, { path, benchmark });
      });
    });
}
