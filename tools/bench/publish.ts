import { join } from 'node:path';
import type { BenchmarkSamples } from '../compare/types.ts';
import { isAssayError } from '../kernel/errors/assay-error.ts';
import { readText } from '../kernel/files/read-json.ts';
import { writeAtomic } from '../kernel/files/write-atomic.ts';
import type { Report } from '../kernel/report/schema.ts';
import { writeReport } from '../kernel/report/write.ts';
import { renderMarkdown } from '../views/markdown/report.ts';
import { benchErrors } from './errors.ts';
import { errorFinding } from './report/findings.ts';
import { goBenchmarkText } from './report/go-format.ts';

const TEMPLATE = 'assay/templates/bench.md';

/**
 * Writes `report.json`, `report.md`, `samples.json` and, of a comparison, `base.txt` and `head.txt`.
 *
 * @returns the Report as written: a template that names unknown placeholders adds a finding
 */
export async function publish(
  workspaceRoot: string,
  folder: string,
  report: Report,
  samples: readonly BenchmarkSamples[],
): Promise<Report> {
  const target = join(workspaceRoot, folder);
  if (samples.length > 0) {
    await writeAtomic(join(target, 'samples.json'), samplesText(samples));
    const labels = { pkg: report.project, cpu: report.environment.cpu, machine: report.environment.machine };
    for (const side of ['base', 'head'] as const) {
      await writeAtomic(join(target, `${side}.txt`), goBenchmarkText(samples, side, labels));
    }
  }
  const { text, report: complete } = withMarkdown(report, await readTemplate(workspaceRoot));
  await writeAtomic(join(target, 'report.md'), text);
  return (await writeReport(target, complete)).report;
}

function withMarkdown(report: Report, template: string | undefined): { text: string; report: Report } {
  const { text, unknown } = renderMarkdown(report, template);
  if (unknown.length === 0) return { text, report };
  const context = { project: report.project, target: report.run.target, baseRef: report.run.base ?? '' };
  const error = benchErrors.create('bench/unknown-placeholder', {
    template: TEMPLATE,
    names: unknown.join(', '),
  });
  const complete = { ...report, findings: [...report.findings, errorFinding(context, error, 'warning')] };
  return { text: renderMarkdown(complete, template).text, report: complete };
}

async function readTemplate(workspaceRoot: string): Promise<string | undefined> {
  try {
    return await readText(join(workspaceRoot, TEMPLATE), 1024 * 1024);
  } catch (error) {
    if (isAssayError(error) && error.code === 'files/missing') return undefined;
    throw error;
  }
}

/** All samples in the order taken. Six digits are more than any clock tells. */
function samplesText(samples: readonly BenchmarkSamples[]): string {
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
  const document = { schema: 'nx-assay/bench-samples@1', unit: 'ns/op', benchmarks: samples };
  return `${JSON.stringify(document, rounded)}\n`;
}
