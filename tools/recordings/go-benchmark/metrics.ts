import { recordingsErrors } from '../errors.ts';
import type { RecordedMetric } from '../recording.ts';
import { recordedSamples } from '../samples.ts';
import { type KnownUnit, knownUnit } from '../units.ts';
import type { GoResult, GoUnit } from './parse.ts';

interface Whose {
  readonly path: string;
  readonly benchmark: string;
}

/**
 * The figures of one benchmark, a metric a unit. Two units of one kind (ns/op and ms/op) are one figure where no line
 * has both, and a contradiction where one has.
 *
 * @throws AssayError `recordings/bad-sample`, `recordings/contradictory-units`
 */
export function metricsOf(
  results: readonly GoResult[],
  declared: ReadonlyMap<string, GoUnit>,
  whose: Whose,
): readonly RecordedMetric[] {
  const names = [...new Set(results.flatMap(({ figures }) => [...figures.keys()]))];
  const byUnit = new Map<string, { readonly text: string; readonly unit: KnownUnit }[]>();
  for (const text of names) {
    const unit = knownUnit(text);
    byUnit.set(unit.unit, [...(byUnit.get(unit.unit) ?? []), { text, unit }]);
  }
  return [...byUnit.values()].map((spellings) => metricOf(results, spellings, declared, whose));
}

function metricOf(
  results: readonly GoResult[],
  spellings: readonly { readonly text: string; readonly unit: KnownUnit }[],
  declared: ReadonlyMap<string, GoUnit>,
  whose: Whose,
): RecordedMetric {
  const unit = (spellings[0] as (typeof spellings)[number]).unit;
  const processes = new Map<number, number[]>();
  for (const { figures, process } of results) {
    const here = spellings.filter(({ text }) => figures.has(text));
    if (here.length > 1) {
      const units = `a line has ${here.map(({ text }) => `'${text}'`).join(' and ')}`;
      throw recordingsErrors.create('recordings/contradictory-units', { ...whose, units });
    }
    const [one] = here;
    if (one === undefined) continue;
    const value = (figures.get(one.text) ?? Number.NaN) * one.unit.factor;
    processes.set(process, [...(processes.get(process) ?? []), value]);
  }
  const said = spellings.map(({ text }) => declared.get(text)).find((entry) => entry !== undefined);
  const better = directionOf(unit, said, whose);
  const zeros = unit.witness !== 'wall';
  return {
    name: unit.name,
    unit: unit.unit,
    better,
    witness: unit.witness,
    exact: said?.exact ?? false,
    data: recordedSamples(
      [...processes.values()].map((values) => ({ values })),
      'kept',
      whose,
      { factor: 1, zeros },
    ),
  };
}

function directionOf(unit: KnownUnit, said: GoUnit | undefined, whose: Whose): RecordedMetric['better'] {
  if (said?.better === undefined) return unit.better;
  if (unit.witness === 'wall' && unit.unit === 'ns/op' && said.better !== unit.better) {
    const units = `a time is declared as better=${said.better}`;
    throw recordingsErrors.create('recordings/contradictory-units', { ...whose, units });
  }
  return said.better;
}
