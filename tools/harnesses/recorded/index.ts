import type { RecordedBenchmark } from '../../recordings/index.ts';
import type { DriveOutcome, DriveRequest, DriveResult, Harness, HarnessContext, Side } from '../harness.ts';
import { outcomeOf } from './outcomes.ts';
import { type ResultSetting, resultSettings } from './result-settings.ts';
import { runResult } from './run-result.ts';

/** The commands stand in the project's own configuration. */
const file = 'assay/bench.json';

/**
 * Any tool whose results can be read: the commands in `results` of `assay/bench.json` measure and write them. Each run of
 * a command on a side is one process, its benchmarks are those that the file names, and its samples, in order, are the chunks.
 */
const recorded: Harness = {
  id: 'recorded',
  title: 'Commands that record results',
  language: 'any',
  isolation: 'file',
  discover: (_, options) => Promise.resolve(resultSettings(options.settings).length > 0 ? [file] : []),
  // They are read from head's configuration for both sides: there is nothing to copy.
  overlay: () => Promise.resolve([]),
  prepare: (side, files, options, context) =>
    Promise.resolve({
      files: files.map((name) => ({ state: 'ready' as const, file: name, sources: [] })),
      drive: (request) => drive(request, resultSettings(options.settings), side, context),
      dispose: () => Promise.resolve(),
    }),
};

export default recorded;

async function drive(
  request: DriveRequest,
  settings: readonly ResultSetting[],
  side: Side,
  context: HarnessContext,
): Promise<DriveResult> {
  const outcomes: DriveOutcome[] = [];
  const duplicates = new Set<string>();
  const deadline = performance.now() + request.timeoutMs;
  let process: DriveResult['process'] = { state: 'exited', detail: 'nothing to run', output: '', wallMs: 0 };
  let wallMs = 0;
  for (const setting of settings) {
    const mine = request.benchmarks.filter((name) => isOf(name, setting));
    if (request.benchmarks.length > 0 && mine.length === 0) continue;
    const run = await runResult(setting, side, context, deadline - performance.now());
    wallMs += run.process.wallMs;
    process = { ...run.process, wallMs };
    if (run.state === 'failed') {
      const names = mine.length > 0 ? mine : [setting.name];
      for (const name of names) outcomes.push({ state: 'failed', name, reason: run.reason });
      continue;
    }
    const found = new Map<string, RecordedBenchmark>();
    for (const benchmark of run.recording.benchmarks) {
      const name = nameOf(setting, benchmark.id);
      if (found.has(name)) duplicates.add(name);
      found.set(name, benchmark);
    }
    for (const name of mine.length > 0 ? mine : found.keys()) {
      const benchmark = found.get(name);
      if (benchmark) outcomes.push(outcomeOf(name, benchmark, request));
      else outcomes.push({ state: 'failed', name, reason: `${setting.file} does not hold it this time` });
    }
  }
  return { outcomes, duplicates: [...duplicates], loaded: [], process };
}

/** Several entries may hold benchmarks of one name. */
function nameOf(setting: ResultSetting, id: string): string {
  return `${setting.name} › ${id}`;
}

function isOf(name: string, setting: ResultSetting): boolean {
  return name === setting.name || name.startsWith(`${setting.name} › `);
}
