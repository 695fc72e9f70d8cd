import { readFileSync } from 'node:fs';
import { afterAll, expect, it, vi } from 'vitest';
import { policy, removeWorkspaces, verdicts, workspace } from './fixtures/workspace.ts';

vi.mock('../kernel/process/lock.ts', () => import('./fixtures/no-lock.ts'));
afterAll(removeWorkspaces);

const tool = readFileSync(new URL('../harnesses/recorded/fixtures/tool.mjs', import.meta.url), 'utf8');

it('compares what another tool records on both sides', async () => {
  const ws = workspace({
    'assay/policy.json': policy(8),
    'libs/it/assay/bench.json': JSON.stringify({
      results: [{ name: 'py', command: [process.execPath, 'tool.mjs', '{out}'] }],
    }),
    'libs/it/tool.mjs': tool,
    'libs/it/cost': '1',
  });
  const base = ws.commit();
  ws.write({ 'libs/it/cost': '1.2' });
  const { report } = await ws.run({ base: { state: 'ref', ref: base } });
  expect(verdicts(report)).toEqual({
    'assay/bench.json › py › parse': 'regressed',
    'assay/bench.json › py › sort': 'regressed',
  });
}, 90_000);
