import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { headSide } from '../compare/base/index.ts';
import type { Effects } from '../kernel/effects.ts';
import { isAssayError } from '../kernel/errors/assay-error.ts';
import { createTempFolder } from '../kernel/files/temp-folder.ts';
import type { Finding } from '../kernel/report/schema.ts';
import { dayOf } from '../kernel/waivers/index.ts';
import { workspacePath } from './discover.ts';
import { type KnownBenchmarks, NONE_KNOWN } from './known.ts';
import { subjectId } from './measure/context.ts';
import { listFile } from './measure/list-file.ts';
import { wantedNames } from './measure/measure-file.ts';
import { type PreparedRun, prepareRun } from './prepare-run.ts';
import { quarantineFindings, quarantineOn } from './quarantine/apply.ts';
import { fewBenchmarks } from './report/few-benchmarks.ts';
import type { BenchRequest } from './request.ts';
import { loadSettings } from './settings/settings.ts';
import { prepareSide } from './sides.ts';

export interface ListedBenchmark {
  /** Subject id, as `--filter` sees it. */
  readonly id: string;
  readonly harness: string;
  readonly file: string;
  readonly line?: number;
  readonly skipped?: string;
  /** Its verdict does not count for a while. */
  readonly quarantined?: { readonly owner: string; readonly expires: string; readonly reason: string };
  /** Why the file's benchmarks cannot be listed. */
  readonly failed?: string;
}

/** The benchmarks of a project, and what is to be said of them without measuring any. */
export interface BenchmarkList {
  readonly benchmarks: readonly ListedBenchmark[];
  /** Quarantine that expired or names nothing, and too few benchmarks. */
  readonly findings: readonly Finding[];
}

/** Names the benchmarks of a project and runs none of them. */
export async function listBenchmarks(request: BenchRequest, effects: Effects): Promise<BenchmarkList> {
  const settings = await loadSettings(request.workspaceRoot, request.project);
  const run = await prepareRun(request, effects, settings);
  const all = await listAll(request, effects, run);
  const known = knownAmong(all);
  const quarantine = quarantineOn(settings.quarantine, dayOf(effects.now()));
  const context = { capability: 'bench', project: request.project.name };
  const isHeld = (id: string): boolean => quarantine.holds(id) !== undefined;
  const findings = [
    ...quarantineFindings(quarantine, [], known, context).filter(({ id }) => id !== 'bench/quarantined'),
    ...fewBenchmarks(known, isHeld, settings.few, context),
  ];
  const benchmarks = all
    .filter(({ id, failed }) => failed !== undefined || (run.filter?.test(id) ?? true))
    .map((one) => {
      const entry = one.failed === undefined ? quarantine.holds(one.id) : undefined;
      if (entry === undefined) return one;
      const { owner, expires, reason } = entry;
      return { ...one, quarantined: { owner, expires, reason } };
    });
  return { benchmarks, findings };
}

/**
 * The benchmarks of a project whose inputs equal the base's, listed only where something depends on it: each file
 * holds one at least, so that enough files are enough benchmarks. What cannot be listed is no fault of this run.
 */
export async function knownBenchmarks(
  request: BenchRequest,
  effects: Effects,
  run: PreparedRun,
): Promise<KnownBenchmarks> {
  const files = run.toolchains.usable.reduce((sum, harness) => sum + harness.files.length, 0);
  if (run.settings.quarantine.length === 0 && files >= run.settings.few.min) return NONE_KNOWN;
  try {
    return knownAmong(await listAll(request, effects, run));
  } catch (error) {
    if (isAssayError(error)) return NONE_KNOWN;
    throw error;
  }
}

function knownAmong(listed: readonly ListedBenchmark[]): KnownBenchmarks {
  const all = listed.filter(({ failed }) => failed === undefined);
  return {
    all: all.map(({ id, skipped }) => ({ id, skipped: skipped !== undefined })),
    complete: all.length === listed.length,
  };
}

/** All benchmarks of a project, whatever the filter, each file built once more and none measured. */
export async function listAll(
  request: BenchRequest,
  effects: Effects,
  run: PreparedRun,
): Promise<readonly ListedBenchmark[]> {
  const listed: ListedBenchmark[] = [];
  for (const { harness, error } of run.toolchains.missing) {
    for (const file of harness.files)
      listed.push({ id: file, harness: harness.harness.id, file, failed: error.message });
  }
  await using temp = await createTempFolder('list');
  const scratch = join(temp.path, 'a-head');
  await mkdir(scratch);
  const { workspaceRoot, project } = request;
  const repoRoot = run.state.repository?.root ?? workspaceRoot;
  const side = await headSide({ repoRoot, workspaceRoot, projectRoot: join(workspaceRoot, project.root) });
  for (const harness of run.toolchains.usable) {
    const prepared = await prepareSide(
      { side, scratch },
      side,
      harness,
      run.settings,
      run.languageContext,
      effects,
    );
    try {
      for (const entry of prepared.files) {
        const common = { harness: harness.harness.id, file: workspacePath(project.root, entry.file) };
        if (entry.state === 'failed') {
          listed.push({ ...common, id: entry.file, failed: entry.reason });
          continue;
        }
        const listing = await listFile(prepared, entry.file, harness.options.processTimeoutMs);
        if (listing.failure !== undefined)
          listed.push({ ...common, id: entry.file, failed: listing.failure });
        for (const [name, failed] of listing.failed)
          listed.push({ ...common, id: subjectId(entry.file, name), failed });
        for (const name of wantedNames(listing, entry.file, undefined)) {
          const line = listing.lines.get(name);
          const skipped = listing.skipped.get(name);
          listed.push({
            ...common,
            id: subjectId(entry.file, name),
            ...(line === undefined ? {} : { line }),
            ...(skipped === undefined ? {} : { skipped }),
          });
        }
      }
    } finally {
      await prepared.dispose();
    }
  }
  return listed;
}
