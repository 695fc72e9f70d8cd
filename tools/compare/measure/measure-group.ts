import { listBenchmarks } from './list-benchmarks.ts';
import { measureUnit } from './measure-unit.ts';
import { Session } from './session.ts';
import type { GroupResult, MeasuredBenchmark, MeasureRequest } from './types.ts';

/**
 * Measures one benchmark file, side by side: lists and calibrates, looks at the noise, plans, measures pairs of
 * fresh processes in balanced order, and measures suspects afresh. Whatever goes wrong with one benchmark becomes a
 * failure of that benchmark; the rest goes on. Never throws for what the code under test does.
 *
 * Time: about `budgetMs` for each benchmark at most, and one time-out for each that hangs.
 */
export async function measureGroup(request: MeasureRequest): Promise<GroupResult> {
  const session = new Session(request);
  const from = request.clock();
  request.onProgress?.({
    phase: 'list',
    benchmarks: [],
    done: 0,
    total: session.sides.length,
    unitsDone: 0,
    units: 0,
    remainingMs: 0,
  });
  const listing = await listBenchmarks(session);
  const duplicates = [...session.duplicates];
  const names = listing.names.filter((name) => !session.duplicates.has(name));
  const units = request.isolation === 'file' && names.length > 0 ? [names] : names.map((name) => [name]);
  const measured: MeasuredBenchmark[] = [];
  for (const [unitsDone, unit] of units.entries()) {
    if (session.stopped) break;
    const found = await measureUnit(
      session,
      unit,
      listing.startupMs,
      (phase, benchmarks, done, total, remainingMs, resolves) =>
        request.onProgress?.({
          ...{ phase, benchmarks, done, total, unitsDone, units: units.length, remainingMs },
          ...(resolves === undefined ? {} : { resolves }),
        }),
    );
    measured.push(...found.map((one) => ({ ...one, line: listing.lines.get(one.name) })));
  }
  return {
    file: request.file,
    measured,
    failures: session.failures,
    skipped: listing.skipped,
    onlyHead: listing.onlyHead,
    onlyBase: listing.onlyBase,
    duplicates,
    loaded: { base: [...session.loaded.base].sort(), head: [...session.loaded.head].sort() },
    processes: session.processes,
    elapsedMs: request.clock() - from,
    stopped: session.stopped,
  };
}
