import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { headSide } from '../compare/base/index.ts';
import type { Effects } from '../kernel/effects.ts';
import { createTempFolder } from '../kernel/files/temp-folder.ts';
import { workspacePath } from './discover.ts';
import { subjectId } from './measure/context.ts';
import { listFile } from './measure/list-file.ts';
import { wantedNames } from './measure/measure-file.ts';
import { prepareRun } from './prepare-run.ts';
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
  /** Why the file's benchmarks cannot be listed. */
  readonly failed?: string;
}

/** Names the benchmarks of a project and runs none of them. */
export async function listBenchmarks(
  request: BenchRequest,
  effects: Effects,
): Promise<readonly ListedBenchmark[]> {
  const settings = await loadSettings(request.workspaceRoot, request.project);
  const run = await prepareRun(request, effects, settings);
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
        for (const name of wantedNames(listing, entry.file, run.filter)) {
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
