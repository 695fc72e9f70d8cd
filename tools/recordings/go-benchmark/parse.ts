import { recordingsErrors } from '../errors.ts';
import { machineFacts } from '../machine.ts';
import type { RecordedMachine } from '../recording.ts';

/** One line of results. */
export interface GoResult {
  readonly name: string;
  readonly pkg: string;
  /** Number of the process that wrote it, from 0. */
  readonly process: number;
  readonly figures: ReadonlyMap<string, number>;
}

/** What `Unit` lines declare of a unit. */
export interface GoUnit {
  readonly better?: 'lower' | 'higher';
  readonly exact: boolean;
}

export interface GoFile {
  readonly results: readonly GoResult[];
  readonly units: ReadonlyMap<string, GoUnit>;
  readonly machines: readonly RecordedMachine[];
  readonly go?: string;
  readonly failed: boolean;
}

/** Configuration that names the machine, and what it is called here. */
const MACHINE_KEYS: Readonly<Record<string, string>> = {
  cpu: 'cpu',
  goos: 'os',
  goarch: 'arch',
  machine: 'machine',
  host: 'host',
};

/**
 * Go's benchmark format (https://go.googlesource.com/proposal/+/master/design/14313-benchmark-format.md) with the `Unit`
 * lines of golang.org/x/perf. Lines that are neither a result, nor configuration, nor `Unit`, are left alone, as the format wants.
 *
 * @throws AssayError `recordings/truncated`, `recordings/contradictory-units`
 */
export function parseGoText(text: string, path: string): GoFile {
  const results: GoResult[] = [];
  const machines: RecordedMachine[] = [];
  const units = new Map<string, GoUnit>();
  const config: Record<string, string> = {};
  let process = 0;
  let fresh = true;
  let go: string | undefined;
  const lines = text.split('\n');
  const open = lines.at(-1)?.trim() !== '';
  for (const [index, raw] of lines.entries()) {
    const line = raw.replace(/\r$/, '');
    const setting = /^(\p{Ll}[^\s\p{Lu}:]*):(?:\s+(.*))?$/u.exec(line);
    if (setting?.[1] !== undefined) {
      if (!fresh) process += 1;
      fresh = true;
      config[setting[1]] = (setting[2] ?? '').trim();
      const named = MACHINE_KEYS[setting[1]];
      if (named !== undefined) machines.push(machineFacts({ [named]: config[setting[1]] }));
      if (setting[1] === 'go' || setting[1] === 'goversion') go = config[setting[1]];
      continue;
    }
    const unit = /^Unit\s+(\S+)\s+(.*)$/.exec(line);
    if (unit?.[1] !== undefined) declare(units, unit[1], unit[2] ?? '', path);
    if (!/^Benchmark(?:[^\p{Ll}\s]\S*)?\s/u.test(`${line} `)) continue;
    const last = open && index === lines.length - 1;
    const result = resultOf(line, config.pkg ?? '', process, path, last);
    if (result === undefined) continue;
    results.push(result);
    fresh = false;
  }
  checkWhole(results, open, path);
  return { results, units, machines, failed: /^(?:FAIL\b|--- FAIL)/m.test(text), ...(go ? { go } : {}) };
}

/** A name alone begins the output of a verbose run; a name with figures is a result. */
function resultOf(
  line: string,
  pkg: string,
  process: number,
  path: string,
  last: boolean,
): GoResult | undefined {
  const [name = '', count, ...rest] = line.trim().split(/\s+/);
  if (count === undefined) return undefined;
  const broken = (detail: string): never => {
    throw recordingsErrors.create('recordings/truncated', { path, format: 'Go benchmark text', detail });
  };
  if (!/^\d+$/.test(count)) return undefined; // prose that begins with such a word
  if (rest.length === 0 || rest.length % 2 !== 0) {
    broken(`${last ? 'its last line' : `a line of ${name}`} has a value without a unit, or no value at all`);
  }
  const figures = new Map<string, number>();
  for (let at = 0; at < rest.length; at += 2) {
    const unit = rest[at + 1] as string;
    if (figures.has(unit)) {
      const units = `a line has '${unit}' twice`;
      throw recordingsErrors.create('recordings/contradictory-units', { path, benchmark: name, units });
    }
    figures.set(unit, numberOf(rest[at] as string));
  }
  return { name, pkg, process, figures };
}

/** Go's numbers; anything else is NaN, which the check of samples reports by its place. */
function numberOf(text: string): number {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

/** A unit that only the last, unfinished line has is the beginning of one. */
function checkWhole(results: readonly GoResult[], open: boolean, path: string): void {
  const last = results.at(-1);
  if (!open || last === undefined) return;
  const others = results.filter(({ name }, index) => name === last.name && index < results.length - 1);
  if (others.length === 0) return;
  const odd = [...last.figures.keys()].find((unit) => !others.some(({ figures }) => figures.has(unit)));
  const missing = others.every(({ figures }) => figures.size > last.figures.size);
  if (odd === undefined && !missing) return;
  const detail = odd === undefined ? 'its last line lacks figures' : `its last line has the unit '${odd}'`;
  throw recordingsErrors.create('recordings/truncated', { path, format: 'Go benchmark text', detail });
}

function declare(units: Map<string, GoUnit>, unit: string, text: string, path: string): void {
  const before = units.get(unit);
  const pairs = new Map(text.split(/\s+/).map((pair) => pair.split('=') as [string, string]));
  const better = pairs.get('better');
  const known = better === 'lower' || better === 'higher' ? better : undefined;
  if (before?.better !== undefined && known !== undefined && before.better !== known) {
    const both = `better=${before.better} and better=${known}`;
    throw recordingsErrors.create('recordings/contradictory-units', { path, benchmark: unit, units: both });
  }
  const direction = known ?? before?.better;
  units.set(unit, {
    exact: pairs.get('assume') === 'exact' || before?.exact === true,
    ...(direction === undefined ? {} : { better: direction }),
  });
}
