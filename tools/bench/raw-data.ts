import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BenchmarkSamples } from '../compare/types.ts';
import { writeAtomic } from '../kernel/files/write-atomic.ts';
import type { Report } from '../kernel/report/schema.ts';
import { goBenchmarkText } from './report/go-format.ts';

/**
 * Writes `samples.json` and, in Go's benchmark format, `head.txt` and of a comparison `base.txt` too. Those of an
 * earlier run, which this one does not write, go away: they would be taken for its own.
 *
 * @param folder result folder, absolute
 */
export async function writeRawData(
  folder: string,
  samples: readonly BenchmarkSamples[],
  report: Report,
): Promise<void> {
  // What keeps one from going keeps others from being written, and that is told.
  const wanted = report.artifacts.map(({ path }) => basename(path));
  for (const name of ['samples.json', 'base.txt', 'head.txt']) {
    if (!wanted.includes(name)) await rm(join(folder, name), { force: true }).catch(() => {});
  }
  if (samples.length === 0) return;
  await writeAtomic(join(folder, 'samples.json'), samplesText(samples));
  const labels = { pkg: report.project, cpu: report.environment.cpu, machine: report.environment.machine };
  const compared = wanted.includes('base.txt');
  for (const side of compared ? (['base', 'head'] as const) : (['head'] as const)) {
    await writeAtomic(join(folder, `${side}.txt`), goBenchmarkText(samples, side, labels));
  }
}

/** All samples in the order taken. Six digits are more than any clock tells. */
function samplesText(samples: readonly BenchmarkSamples[]): string {
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
  const document = { schema: 'nx-assay/bench-samples@1', unit: 'ns/op', benchmarks: samples };
  return `${JSON.stringify(document, rounded)}\n`;
}
