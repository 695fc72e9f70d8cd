import { join } from 'node:path';
import { isAssayError } from '../kernel/errors/assay-error.ts';
import { resultFolder } from '../kernel/files/project-folder.ts';
import { readText } from '../kernel/files/read-json.ts';
import { writeAtomic } from '../kernel/files/write-atomic.ts';
import { errorFinding } from '../kernel/report/finding.ts';
import type { Report } from '../kernel/report/schema.ts';
import { writeReport } from '../kernel/report/write.ts';
import { renderMarkdown } from '../views/markdown/report.ts';
import { taskErrors } from './errors.ts';

/** A team's template may be this large. */
const TEMPLATE_LIMIT = 1024 * 1024;

/**
 * Writes `report.md`, by the workspace's template `assay/templates/<capability>.md` where there is one, and
 * `report.json` into the result folder of the project.
 *
 * @returns the Report as written: a template with unknown placeholders adds a finding; and its folder, relative to
 * the workspace
 * @throws AssayError of the file layer (disk full, unwritable)
 */
export async function publishReport(
  workspaceRoot: string,
  report: Report,
): Promise<{ readonly report: Report; readonly folder: string }> {
  const folder = resultFolder(report.capability, report.project);
  const target = join(workspaceRoot, folder);
  const template = `assay/templates/${report.capability}.md`;
  const { text, report: complete } = withMarkdown(
    report,
    template,
    await readTemplate(workspaceRoot, template),
  );
  await writeAtomic(join(target, 'report.md'), text);
  const written = await writeReport(target, complete);
  return { report: written.report, folder };
}

function withMarkdown(
  report: Report,
  file: string,
  template: string | undefined,
): { readonly text: string; readonly report: Report } {
  const { text, unknown } = renderMarkdown(report, template);
  if (unknown.length === 0) return { text, report };
  const error = taskErrors.create('task/unknown-placeholder', { template: file, names: unknown.join(', ') });
  const complete = { ...report, findings: [...report.findings, errorFinding(report, error, 'warning')] };
  return { text: renderMarkdown(complete, template).text, report: complete };
}

async function readTemplate(workspaceRoot: string, file: string): Promise<string | undefined> {
  try {
    return await readText(join(workspaceRoot, file), TEMPLATE_LIMIT);
  } catch (error) {
    if (isAssayError(error) && error.code === 'files/missing') return undefined;
    throw error;
  }
}
