import type { RecordedMetric } from './recording.ts';

/** What a unit is turned into, and which way is better. */
export interface KnownUnit {
  readonly unit: string;
  /** Multiply by this. */
  readonly factor: number;
  readonly better: RecordedMetric['better'];
  readonly witness: RecordedMetric['witness'];
  readonly name: string;
}

const NANOSECONDS: Readonly<Record<string, number>> = {
  ps: 1e-3,
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  sec: 1e9,
  second: 1e9,
  seconds: 1e9,
  min: 60e9,
  m: 60e9,
  hr: 3600e9,
  h: 3600e9,
  day: 86_400e9,
};

/** Nanoseconds of a unit of time; undefined where it is none. */
export function nanosecondsOf(unit: string): number | undefined {
  return Object.hasOwn(NANOSECONDS, unit) ? NANOSECONDS[unit] : undefined;
}

/** Bytes of a unit of bytes. */
function bytesOf(unit: string): number | undefined {
  const match = /^([kKMGT]?)(i?)(?:B|bytes?)$/.exec(unit);
  if (!match) return undefined;
  const power = ['', 'k', 'm', 'g', 't'].indexOf((match[1] ?? '').toLowerCase());
  return (match[2] === 'i' ? 1024 : 1000) ** power;
}

/**
 * A unit in the one form in which it is compared: times as `ns/op`, bytes as `B/op`, rates per second. A unit that
 * only its benchmark knows stays as it is; of its direction only `…/s` is taken as a rate.
 */
export function knownUnit(text: string): KnownUnit {
  const [over = '', under] = splitOnce(text);
  const time = nanosecondsOf(over);
  if (time !== undefined && (under === 'op' || under === undefined)) {
    return { unit: 'ns/op', factor: time, better: 'lower', witness: 'wall', name: 'time per operation' };
  }
  const bytes = bytesOf(over);
  if (bytes !== undefined && (under === 'op' || under === undefined)) {
    return { unit: 'B/op', factor: bytes, better: 'lower', witness: 'memory', name: 'bytes per operation' };
  }
  if (over === 'allocs' && under === 'op') {
    const name = 'allocations per operation';
    return { unit: text, factor: 1, better: 'lower', witness: 'allocations', name };
  }
  const per = under === undefined ? undefined : nanosecondsOf(under);
  if (per !== undefined) {
    const rate = (bytes ?? 1) * (1e9 / per);
    const what = bytes === undefined ? over : 'B';
    return { unit: `${what}/s`, factor: rate, better: 'higher', witness: 'wall', name: `${what} per second` };
  }
  return {
    unit: text,
    factor: 1,
    better: under === 'op' ? 'lower' : 'unknown',
    witness: 'reported',
    name: text,
  };
}

function splitOnce(text: string): [string, string | undefined] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)];
}
