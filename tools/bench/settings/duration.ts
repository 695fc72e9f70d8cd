import { benchErrors } from '../errors.ts';

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
};

/**
 * Reads a duration with its unit (`250us`, `1.5ms`, `60s`, `5m`) as nanoseconds.
 *
 * @throws AssayError `bench/unknown-unit`
 */
export function parseDuration(text: string, where: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-zµμ]+)\s*$/u.exec(text);
  const scale = match?.[2] === undefined ? undefined : UNITS[match[2]];
  if (!match || scale === undefined || Number(match[1]) <= 0) {
    throw benchErrors.create('bench/unknown-unit', { text, where });
  }
  return Number(match[1]) * scale;
}
