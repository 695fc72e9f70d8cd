import { afterAll, describe, expect, it, vi } from 'vitest';
import { benchSource, policy, removeWorkspaces, workSource, workspace } from './fixtures/workspace.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
afterAll(removeWorkspaces);

const FILES = {
  'libs/it/work.js': workSource(),
  'libs/it/a.bench.ts': benchSource('one'),
  'assay/policy.json': policy(6, { canary: true, margin: 0.5, meanMargin: 3 }),
};

describe('the canary of a run', () => {
  it('is measured beside what is compared with the base, and told', async () => {
    const ws = workspace(FILES);
    ws.commit();
    const { report } = await ws.run({ base: { state: 'ref', ref: 'HEAD' }, force: true });
    // A machine that is too noisy even for half as much again has nothing to prove by a canary.
    if (report.subjects[0]?.verdict === 'inconclusive') {
      expect(report.run.checks).toBeUndefined();
      return;
    }
    const [check, ...more] = report.run.checks ?? [];
    expect(more).toEqual([]);
    expect(check).toMatchObject({
      id: 'canary/vitest',
      message: expect.stringMatching(/^a\.bench\.ts › one, slowed down by 1\d\d(\.\d)? % on purpose, was /),
    });
    const missed = report.findings.filter(({ id }) => id.startsWith('bench/canary-'));
    expect(missed).toHaveLength(check?.passed ? 0 : 1);
    expect(report.verdict).toBe(check?.passed ? 'passed' : 'inconclusive');
  });

  it('is not wanted where nothing is compared', async () => {
    const ws = workspace(FILES);
    const { report } = await ws.run();
    expect(report.run.checks).toBeUndefined();
  });
});
