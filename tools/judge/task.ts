import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { detectCi } from '../kernel/environment/index.ts';
import { isAssayError } from '../kernel/errors/assay-error.ts';
import { resultFolder } from '../kernel/files/project-folder.ts';
import { errorFinding, finding } from '../kernel/report/finding.ts';
import type { Report } from '../kernel/report/schema.ts';
import { readRecording } from '../recordings/index.ts';
import { publishReport } from '../task/publish.ts';
import { judgeRecordings } from './judge-recordings.ts';
import { judgeOwnSamples } from './own-samples.ts';
import { failedReport, judgementReport, type Surroundings } from './report.ts';
import type { JudgeRequest } from './request.ts';
import { type JudgeSettings, loadSettings } from './settings.ts';

/** Clocks and environment of a judgement. */
export interface JudgeEffects {
  readonly clock: () => number;
  readonly now: () => Date;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The whole of a judge task: reads both recordings, judges, and writes the Report. Mistakes of the user are a Report that failed;
 * only what we did not foresee is thrown.
 */
export async function judgeTask(
  request: JudgeRequest,
  effects: JudgeEffects,
): Promise<{ readonly report: Report; readonly folder: string }> {
  const report = await judgeFiles(request, effects);
  try {
    return await publishReport(request.workspaceRoot, report);
  } catch (error) {
    if (!isAssayError(error)) throw error;
    // The judgement stands, though its files could not be written.
    const told = { ...report, findings: [...report.findings, errorFinding(report, error, 'warning')] };
    return { report: told, folder: resultFolder('judge', request.project.name) };
  }
}

/** As `judgeTask`, and writes nothing. */
export async function judgeFiles(request: JudgeRequest, effects: JudgeEffects): Promise<Report> {
  const startedAt = effects.now();
  const began = effects.clock();
  const around = (): Surroundings => ({
    startedAt,
    durationMs: effects.clock() - began,
    ci: detectCi(effects.env),
  });
  let settings: JudgeSettings | undefined;
  try {
    settings = await loadSettings(request);
    const { base, head } = request;
    const own = base.path === head.path ? await judgeOwnSamples(base, settings) : undefined;
    if (own !== undefined)
      return judgementReport(own.judgement, own.recordings, request, settings.mode, around());
    const recordings = [
      await readRecording(base.path, base.shown, 'base'),
      await readRecording(head.path, head.shown, 'head'),
    ] as const;
    const judgement = judgeRecordings(...recordings, settings);
    const report = judgementReport(judgement, recordings, request, settings.mode, around());
    return (await sameContent(base.path, head.path)) ? withSameData(report) : report;
  } catch (error) {
    if (!isAssayError(error)) throw error;
    return failedReport(error, request, settings?.mode ?? 'enforce', around());
  }
}

async function sameContent(base: string, head: string): Promise<boolean> {
  if (base === head) return true;
  const files = await Promise.all([base, head].map((path) => stat(path)));
  if (files.some((file) => !file.isFile()) || files[0]?.size !== files[1]?.size) return false;
  const [a, b] = await Promise.all(
    [base, head].map(async (path) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ),
  );
  return a === b;
}

/** A file against itself tells nothing, so it is no pass. */
function withSameData(report: Report): Report {
  const same = finding(report, {
    id: 'judge/same-data',
    severity: 'warning',
    message: 'Both sides are the same data: nothing was compared.',
    remedy: 'Give the recordings of two versions; for a test without a change record the same version twice.',
  });
  const verdict = report.verdict === 'failed' ? 'failed' : 'inconclusive';
  return { ...report, verdict, findings: [...report.findings, same] };
}
