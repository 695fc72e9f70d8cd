import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { scratchFolder } from '../files/spec-scratch.ts';
import { parseReport, REPORT_SCHEMA_ID, readReport, type reportSchema } from './index.ts';
import { writeReport } from './write.ts';

type Input = z.input<typeof reportSchema>;

const report: Input = {
  schema: REPORT_SCHEMA_ID,
  capability: 'bench',
  project: '@shop/pricing',
  run: { id: '1', target: 'pricing:bench', mode: 'compare', attempt: 1 },
  verdict: 'failed',
  enforcement: 'enforce',
  summary: '1 of 1 benchmarks regressed',
  subjects: [{ id: 'a › b', title: 'b', verdict: 'regressed', decidedBy: ['m'] }],
  metrics: [
    {
      id: 'm',
      subject: 'a › b',
      name: 'time per operation',
      unit: 'ns/op',
      better: 'lower',
      witness: 'wall',
      statistic: 'floor',
      state: 'measured',
      value: 12.5,
      interval: [12, 13],
    },
  ],
  findings: [],
  environment: {
    machine: 'm',
    cpu: 'c',
    cores: 2,
    os: 'linux',
    runtimes: {},
    tools: {},
    commit: '',
    dirty: false,
    taskHash: '',
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
  },
};

function folder(): string {
  return scratchFolder('report spec');
}

function file(text: string): string {
  const path = join(folder(), 'report.json');
  writeFileSync(path, text);
  return path;
}

describe('writeReport', () => {
  it('writes what readReport reads back, with the defaults in it', async () => {
    const root = folder();
    const written = await writeReport(join(root, 'bench'), report);
    expect(written.path).toBe(join(root, 'bench', 'report.json'));
    expect(written.report.run).toMatchObject({ branch: '', shard: { index: 1, of: 1 } });
    expect(await readReport(written.path)).toEqual(written.report);
  });

  it('refuses what breaks the schema, names the place, and leaves the old Report', async () => {
    const root = folder();
    await writeReport(root, report);
    const before = readFileSync(join(root, 'report.json'), 'utf8');
    const metrics = [{ ...report.metrics[0]!, interval: [1, Number.NaN] as [number, number] }];
    await expect(writeReport(root, { ...report, metrics })).rejects.toMatchObject({
      code: 'report/refused',
      message: expect.stringContaining('metrics[0].interval[1]'),
    });
    expect(readFileSync(join(root, 'report.json'), 'utf8')).toBe(before);
    expect(readdirSync(root)).toEqual(['report.json']);
  });
});

describe('readReport', () => {
  it('passes over fields that it does not know', async () => {
    const path = file(JSON.stringify({ ...report, novelty: 1, run: { ...report.run, moon: 'full' } }));
    const read = await readReport(path);
    expect(read.summary).toBe('1 of 1 benchmarks regressed');
    expect(read).not.toHaveProperty('novelty');
  });

  it.each(['nx-assay/report@2', 'nx-assay/report@10', 'another/report@1'])(
    'refuses version %s',
    async (schema) => {
      const path = file(JSON.stringify({ schema, run: 'quite different' }));
      await expect(readReport(path)).rejects.toMatchObject({
        code: 'report/unknown-version',
        message: `${path} is written in "${schema}", and this version of nx-assay reads nx-assay/report@1.`,
      });
    },
  );

  it.each(['{}', '[]', 'null', '"text"', '{"schema":1}'])('says that %s is no Report', async (text) => {
    await expect(readReport(file(text))).rejects.toMatchObject({ code: 'report/not-a-report' });
  });

  it('names the places that are wrong, and no more than five', () => {
    const broken = { ...report, verdict: 'fine', subjects: Array.from({ length: 9 }, () => ({ id: 1 })) };
    const read = (): unknown => parseReport(JSON.stringify(broken), 'r.json');
    expect(read).toThrow(/^r\.json does not hold .*verdict: .*subjects\[0\]\.id: .*; and \d+ more\.$/);
  });

  it('tells truncated, conflicting, missing and monstrous files apart', async () => {
    const text = JSON.stringify(report);
    await expect(readReport(file(text.slice(0, 200)))).rejects.toMatchObject({ code: 'files/malformed' });
    const conflict = `<<<<<<< HEAD\n${text}\n=======\n${text}\n>>>>>>> x\n`;
    await expect(readReport(file(conflict))).rejects.toMatchObject({ code: 'files/conflict-markers' });
    await expect(readReport(join(folder(), 'none.json'))).rejects.toMatchObject({ code: 'files/missing' });
    const huge = file('');
    truncateSync(huge, 100 * 1024 * 1024);
    await expect(readReport(huge)).rejects.toMatchObject({ code: 'files/too-large' });
  });
});
