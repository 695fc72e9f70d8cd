/**
 * Starts the project's own Vitest on one benchmark file, with our way of measuring in place of its own, and
 * adds to the events what Vitest knows about failures. `node vitest-host-main.js request.json`.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DriverEvent, DriverRequest } from '../protocol.ts';
import { openEvents } from './runtime/events.ts';
import { failuresOf, type TaskLike } from './runtime/vitest-failures.ts';

interface HostRequest extends DriverRequest {
  /** Folder of the project's Vitest. */
  readonly vitest: string;
  readonly major: number;
  readonly projectRoot: string;
  readonly config?: string;
  /** Our provider (Vitest 5) or runner (before). */
  readonly engine: string;
}

/** The part of Vitest's node API that is the same in versions 3 to 5. */
interface VitestLike {
  readonly state: { getFiles(): TaskLike[]; getUnhandledErrors(): unknown[] };
  readonly projects?: readonly { readonly vite?: ViteLike }[];
  close(): Promise<void>;
}

interface ViteLike {
  readonly environments?: Readonly<
    Record<string, { moduleGraph?: { fileToModulesMap?: Map<string, unknown> } }>
  >;
  readonly moduleGraph?: { fileToModulesMap?: Map<string, unknown> };
}

const requestPath = process.argv[2] ?? '';
const request: HostRequest = JSON.parse(readFileSync(requestPath, 'utf8'));
const emit = openEvents(request.eventsPath);
process.env.ASSAY_REQUEST = requestPath; // for the worker
process.env.ASSAY_VITEST = request.vitest;

const file = relative(request.projectRoot, request.target).replaceAll('\\', '/');
const shared = {
  root: request.projectRoot,
  ...(request.config ? { config: request.config } : {}),
  watch: false,
  run: true,
  reporters: [{}],
  coverage: { enabled: false },
  fileParallelism: false,
  pool: 'forks',
  bail: 0,
  retry: 0,
  allowOnly: true,
  passWithNoTests: true,
  // Our own time-out ends a process that hangs.
  testTimeout: request.timeoutMs,
  hookTimeout: request.timeoutMs,
};
/** Vitest would write into the project's `node_modules`; here it lies in the scratch folder of the side. */
const cache = join(dirname(request.eventsPath), 'vitest-cache');
const vite = { cacheDir: cache };
const include = { include: [file], exclude: [], includeSource: [] };
const forFive = {
  fsModuleCachePath: cache,
  benchmarkOnly: true,
  benchmark: { ...include, enabled: true, provider: request.engine, suppressExportGetterWarnings: true },
};
const forFour = { runner: request.engine, benchmark: { ...include, reporters: [{}] } };

try {
  const { startVitest } = await import(pathToFileURL(join(request.vitest, 'dist/node.js')).href);
  const vitest: VitestLike =
    request.major >= 5
      ? await startVitest('test', [file], { ...shared, ...forFive }, vite)
      : await startVitest('benchmark', [file], { ...shared, ...forFour }, vite);
  const events = readFileSync(request.eventsPath, 'utf8');
  const known = new Set(events.split('\n').flatMap((line) => nameOf(line)));
  for (const event of failuresOf(vitest, request, known)) emit(event);
  if (request.mode === 'list') emit({ event: 'loaded', paths: loadedBy(vitest) });
  emit({ event: 'end' });
  await vitest.close();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function nameOf(line: string): string[] {
  if (line === '') return [];
  const event = JSON.parse(line) as DriverEvent;
  return 'name' in event && event.event !== 'begin' ? [event.name] : [];
}

/** Files that Vite served to the worker. */
function loadedBy(vitest: VitestLike): string[] {
  const graphs = (vitest.projects ?? []).flatMap(({ vite }) => [
    vite?.moduleGraph,
    ...Object.values(vite?.environments ?? {}).map(({ moduleGraph }) => moduleGraph),
  ]);
  const files = graphs.flatMap((graph) => [...(graph?.fileToModulesMap?.keys() ?? [])]);
  return [...new Set(files)].filter((path) => path.startsWith('/') && path !== request.engine);
}
