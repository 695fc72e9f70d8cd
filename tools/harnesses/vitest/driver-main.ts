/**
 * The program inside the measured process, and what a benchmark file gets when it imports `vitest`.
 * It is bundled together with the benchmark file, so that a process is one file to load:
 * `node bundle.mjs request.json`.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DriverRequest } from '../protocol.ts';
import { openEvents } from './runtime/events.ts';
import { expect } from './runtime/matchers.ts';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  bench,
  collect,
  describe,
  test,
} from './runtime/registry.ts';
import { runLeaves } from './runtime/run.ts';
import { sourcePlace } from './runtime/source-lines.ts';
import { leavesOf } from './runtime/tree.ts';

export { afterAll, afterEach, beforeAll, beforeEach, bench, describe, expect, test };
export const it = test;
export const suite = describe;

/** What the bundle's request holds beside the protocol: where the sources are, for `import.meta` and lines. */
interface BundleRequest extends DriverRequest {
  readonly sourceRoot: string;
  /** The file relies on Vitest's `globals`. */
  readonly globals: boolean;
}

const exit = process.exit.bind(process);
const request: BundleRequest = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const emit = openEvents(request.eventsPath);
let running: string | undefined;
let ended = false;

process.on('uncaughtException', fatal);
process.on('unhandledRejection', fatal);
process.on('exit', (code) => {
  // 13: nothing is left to wait for, but a promise that we await never settled.
  if (ended || code !== 13) return;
  failRunning('it awaits a promise that never settles');
});

/** `import.meta` of a bundled source: the bundle holds paths relative to the repository only. */
(globalThis as Record<string, unknown>).__assaySource = (path: string) => {
  const filename = resolve(request.sourceRoot, path);
  return { filename, dirname: resolve(filename, '..'), url: pathToFileURL(filename).href };
};

if (request.globals) {
  Object.assign(globalThis, {
    afterAll,
    afterEach,
    beforeAll,
    beforeEach,
    bench,
    describe,
    expect,
    it,
    suite,
    test,
  });
}

/** Runs the request once the benchmark file has been evaluated. */
export async function drive(): Promise<void> {
  const leaves = leavesOf(await collect());
  await runLeaves(leaves, {
    request,
    emit,
    lineOf: (stack) => sourcePlace(stack, request.target, request.sourceRoot)?.line,
    describeError,
    onBegin: (name) => {
      running = name;
    },
  });
  if (request.mode === 'list') emit({ event: 'loaded', paths: loadedPaths() });
  emit({ event: 'end' });
  ended = true;
  // Open handles of the code under test must not keep the process alive.
  exit(0);
}

function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const place =
    error instanceof Error ? sourcePlace(error.stack, request.target, request.sourceRoot) : undefined;
  return place ? `${text} (${place.file}:${place.line})` : text;
}

function fatal(error: unknown): void {
  failRunning(describeError(error));
  ended = true;
  console.error(error);
  exit(1);
}

function failRunning(reason: string): void {
  const asked = request.benchmarks.length > 0 ? request.benchmarks : ['(file)'];
  const names = running !== undefined ? [running] : asked;
  for (const name of names) emit({ event: 'failed', name, reason });
}

/** What was loaded beside the bundle, by `require`. */
function loadedPaths(): string[] {
  const { _cache } = process.getBuiltinModule('node:module') as unknown as {
    _cache: Record<string, unknown>;
  };
  return Object.keys(_cache ?? {});
}
