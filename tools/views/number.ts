const TIME_UNITS = [
  { below: 1e3, divisor: 1, unit: 'ns' },
  { below: 1e6, divisor: 1e3, unit: 'µs' },
  { below: 1e9, divisor: 1e6, unit: 'ms' },
  { below: Number.POSITIVE_INFINITY, divisor: 1e9, unit: 's' },
] as const;

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A value with its unit, in three significant digits: `12.3 µs`, `1.50 MiB`, `42 allocs/op`. */
export function formatValue(value: number | undefined, unit: string): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  const [base, per] = splitUnit(unit);
  const suffix = per === '' || per === 'op' ? '' : `/${per}`;
  if (base === 'ns') {
    const scale = TIME_UNITS.find((entry) => Math.abs(value) < entry.below) ?? TIME_UNITS[3];
    return `${significant(value / scale.divisor, scale.divisor === 1)} ${scale.unit}${suffix}`;
  }
  if (base === 'B' || base === 'bytes') {
    let scaled = value;
    let index = 0;
    while (Math.abs(scaled) >= 1024 && index < BYTE_UNITS.length - 1) {
      scaled /= 1024;
      index += 1;
    }
    return `${significant(scaled, index === 0)} ${BYTE_UNITS[index]}${suffix}`;
  }
  return `${significant(value, true)} ${unit}`;
}

/** A ratio as a signed change: 1.081 → `+8.1 %`. */
export function formatChange(ratio: number | undefined): string {
  if (ratio === undefined || !Number.isFinite(ratio)) return '–';
  return `${signedPercent(ratio - 1)} %`;
}

/** An interval of ratios as changes: `[+6.9, +9.4]` (percent). */
export function formatChangeInterval(interval: readonly [number, number] | undefined): string {
  if (!interval?.every(Number.isFinite)) return '–';
  return `[${signedPercent(interval[0] - 1)}, ${signedPercent(interval[1] - 1)}]`;
}

/** A change by an amount, where there is no ratio: `+24 B`, `+1 allocs/op`. */
export function formatDifference(value: number | undefined, unit: string): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  return `${value < 0 ? '−' : '+'}${formatValue(Math.abs(value), unit)}`;
}

/** An interval of such: `[+16 B, +24 B]`. */
export function formatDifferenceInterval(
  interval: readonly [number, number] | undefined,
  unit: string,
): string {
  if (!interval?.every(Number.isFinite)) return '–';
  return `[${interval.map((bound) => formatDifference(bound, unit)).join(', ')}]`;
}

/** A share as a percentage without sign: 0.021 → `2.1 %`. */
export function formatShare(share: number | undefined): string {
  if (share === undefined || !Number.isFinite(share)) return '–';
  return `${percentDigits(share)} %`;
}

/** A confidence as a percentage, never rounded up: 0.995 → `99.5 %`, 0.99 → `99 %`. */
export function formatConfidence(confidence: number): string {
  return `${Math.floor(confidence * 1000 + 1e-9) / 10} %`;
}

/** Milliseconds for people: `850 ms`, `12 s`, `3 min 05 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

function splitUnit(unit: string): [string, string] {
  const slash = unit.indexOf('/');
  return slash < 0 ? [unit, ''] : [unit.slice(0, slash), unit.slice(slash + 1)];
}

/** Three significant digits; a whole number that was not scaled stays whole. */
function significant(value: number, unscaled: boolean): string {
  if (unscaled && Number.isInteger(value)) return value.toFixed(0);
  if (value === 0) return '0';
  const digits = 2 - Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(6, Math.max(0, digits)));
}

function signedPercent(change: number): string {
  const text = percentDigits(Math.abs(change));
  return `${change < 0 && Number(text) !== 0 ? '−' : '+'}${text}`;
}

function percentDigits(share: number): string {
  const percent = share * 100;
  return percent >= 100 ? percent.toFixed(0) : percent.toFixed(1);
}
