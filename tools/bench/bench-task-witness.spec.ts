import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Metric } from '../kernel/report/schema.ts';
import { withCounter } from './fixtures/counter.ts';
import {
  benchSource,
  findingOf,
  policy,
  removeWorkspaces,
  workSource,
  workspace,
} from './fixtures/workspace.ts';
import type { BenchRequest } from './request.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
afterAll(removeWorkspaces);

const AGAINST = { base: { state: 'ref', ref: 'HEAD' }, force: true } as const;
/** Nothing that a machine does makes a difference of time that matters here. */
const WIDE = { margin: 3, meanMargin: 9, memory: false };

async function run(
  more: Readonly<Record<string, unknown>>,
  count: ((program: string) => number) | undefined,
  wishes: Partial<BenchRequest> = {},
) {
  const ws = workspace({
    'libs/it/work.js': workSource(),
    'libs/it/a.bench.ts': benchSource('one'),
    'assay/policy.json': policy(2, { ...WIDE, ...more }),
  });
  ws.commit();
  const process = withCounter(count);
  return ws.run({ ...AGAINST, ...wishes }, 25, {}, new Date(), process);
}

const equal = () => 50_000;
/** Processes of head execute so many times the instructions of the base's. */
const factor = (by: number) => (program: string) => (/[/\\]a-head[/\\]/.test(program) ? by : 1) * 50_000;

const verdictsOf = ({ comparisons }: Metric) => comparisons.map(({ verdict }) => verdict);

describe('the second witness', () => {
  it('decides where policy says so, and the verdict names it', async () => {
    const { report } = await run({ witness: 'instructions', countMargin: 0.002 }, factor(1.003));
    expect(report.subjects).toMatchObject([
      { verdict: 'regressed', decidedBy: ['a.bench.ts › one#instructions'] },
    ]);
    const metric = report.metrics.find(({ witness }) => witness === 'instructions');
    expect(metric).toMatchObject({
      statistic: 'count',
      unit: 'instructions/op',
      value: 50_150,
      comparisons: [{ against: 'base', value: 50_000, margin: 0.002, verdict: 'regressed' }],
    });
    expect(metric?.comparisons[0]?.change?.ratio).toBeCloseTo(1.003, 9);
    expect(findingOf(report, 'bench/regressed').message).toContain(
      'one executes 0.300 % more instructions than on ',
    );
    expect(findingOf(report, 'bench/decided-by-instructions')).toMatchObject({
      severity: 'info',
      message: expect.stringContaining('does not see'),
    });
    expect(report.verdict).toBe('failed');
    // Wall time is shown beside it.
    expect(report.metrics.some(({ witness, state }) => witness === 'wall' && state === 'measured')).toBe(
      true,
    );
  });

  it('is asked by an option over what policy says', async () => {
    const { report } = await run({ witness: 'wall' }, equal, { witness: 'instructions' });
    expect(report.subjects).toMatchObject([
      { verdict: 'unchanged', decidedBy: ['a.bench.ts › one#instructions'] },
    ]);
  });

  it('is believed as little as wall time where the two contradict', async () => {
    const { report } = await run({ witness: 'instructions' }, factor(20));
    const wall = report.metrics.filter(({ witness }) => witness === 'wall').flatMap(verdictsOf);
    // Time on a machine that is too noisy even for these margins contradicts nothing.
    if (!wall.includes('unchanged')) return;
    expect(report.subjects).toMatchObject([{ verdict: 'inconclusive', decidedBy: [] }]);
    expect(findingOf(report, 'bench/witnesses-contradict').message).toContain(
      'its instructions say regressed (+1900.0 %',
    );
    const witnesses = new Set(report.metrics.map(({ witness }) => witness));
    expect([...witnesses]).toEqual(expect.arrayContaining(['wall', 'instructions']));
    expect(report.verdict).toBe('inconclusive');
  });

  it('is not asked where wall time decides, or where policy does not want it', async () => {
    for (const witness of ['auto', 'wall']) {
      const { report } = await run({ witness }, equal);
      const counted = report.metrics.filter((metric) => metric.witness === 'instructions');
      const wall = report.metrics.filter((metric) => metric.witness === 'wall').flatMap(verdictsOf);
      // Where the machine is too noisy for time, counts may be asked.
      if (witness === 'wall' || wall.includes('unchanged')) expect(counted).toEqual([]);
      expect(counted.length).toBeLessThan(2);
      expect(report.findings.filter(({ id }) => id === 'bench/valgrind-missing')).toEqual([]);
    }
  });

  it('is told once where there is no valgrind, with how to get it', async () => {
    const { report } = await run({ witness: 'instructions' }, undefined);
    expect(findingOf(report, 'bench/valgrind-missing')).toMatchObject({
      severity: 'info',
      message:
        'Instruction counts could have decided one, and were not to be had: valgrind is not installed.',
      remedy: expect.stringContaining('apt-get install valgrind'),
    });
    expect(report.verdict).toBe('inconclusive');
  });
});
