import { posix } from 'node:path';

const BENCH_FOLDERS = new Set(
  'bench benches benchmark benchmarks __bench__ __benches__ __benchmarks__'.split(' '),
);
const FIXTURE_FOLDERS = new Set(['fixtures', '__fixtures__']);
const TEST_FOLDERS = new Set(['test', 'tests', '__test__', '__tests__', 'e2e', ...BENCH_FOLDERS]);
const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|wasm|node)$/;
const BENCHMARK = /\.(?:bench|benchmark)\.[cm]?[jt]sx?$/;

export function isCode(path: string): boolean {
  return CODE.test(path);
}

/** Whether its name says that it is a benchmark, chosen for this run or not. */
export function isNamedBenchmark(path: string): boolean {
  return BENCHMARK.test(path);
}

export function isTest(path: string): boolean {
  return /\.(?:test|spec)\.[cm]?[jt]sx?$/.test(path);
}

/** Whether what it uses is used by the product: code or a page, and no test. */
export function isProductSource(path: string): boolean {
  const inTests = path.split('/').some((part) => TEST_FOLDERS.has(part) && !BENCH_FOLDERS.has(part));
  return (isCode(path) || path.endsWith('.html')) && !isTest(path) && !inTests;
}

/** Folders that may hold what belongs to some benchmark files; all paths relative to the project root. */
export interface Zones {
  /** Up to the first folder named after benchmarks, of each benchmark file that lies in one. */
  readonly bench: readonly string[];
  /** Folders of benchmark files. */
  readonly beside: readonly string[];
}

export function zonesOf(files: readonly string[]): Zones {
  const bench = files.flatMap((file) => {
    const parts = file.split('/').slice(0, -1);
    const at = parts.findIndex((part) => BENCH_FOLDERS.has(part));
    return at === -1 ? [] : [parts.slice(0, at + 1).join('/')];
  });
  return { bench: [...new Set(bench)], beside: [...new Set(files.map((file) => posix.dirname(file)))] };
}

/** The zone that a path lies in: what of it follows from the zone's own name on is its tail. */
export function zoneOf(path: string, zones: Zones): string | undefined {
  return (
    zones.bench.find((zone) => path.startsWith(`${zone}/`)) ??
    fixtureFolder(path) ??
    zones.beside.map((folder) => posix.join(folder, 'data')).find((zone) => path.startsWith(`${zone}/`))
  );
}

/** Whether the folder is one of data: all that is no code in it may be lent. */
export function isDataFolder(folder: string, zones: Zones): boolean {
  if (fixtureFolder(`${folder}/x`) !== undefined) return true;
  return folder.split('/').includes('data') && zoneOf(`${folder}/x`, zones) !== undefined;
}

/**
 * Whether a folder named after benchmarks may be one of the product's modules: one among its sources. At the top
 * of a project, or within its tests, it is not.
 */
export function isDoubtful(zone: string): boolean {
  const above = zone.split('/').slice(0, -1);
  return above.length > 0 && !above.some((part) => TEST_FOLDERS.has(part));
}

function fixtureFolder(path: string): string | undefined {
  const parts = path.split('/').slice(0, -1);
  const at = parts.findIndex((part) => FIXTURE_FOLDERS.has(part));
  return at === -1 ? undefined : parts.slice(0, at + 1).join('/');
}
