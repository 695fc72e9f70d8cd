import { expect, inject, it } from 'vitest';
import { subjectNamed, verdictOf } from '../harness/verdict.ts';
import { commit, createWorkspace, edit, nx, report } from '../harness/workspace.ts';

const host = inject('host');

/** 256 bytes more each time are a thousandth of what an operation takes in time, and all that it allocates. */
it.skipIf(!host.tools.go)('names the benchmark that allocates more, by its allocations', async () => {
  const ws = await createWorkspace(host);
  edit(
    ws,
    'go/core/core.go',
    'func Digest(text string) uint32 { return Rounds(text, workRounds) }',
    'var kept []byte\n\nfunc Digest(text string) uint32 {\n\tkept = make([]byte, 256)\n\treturn Rounds(text, workRounds)\n}',
  );
  await commit(ws, 'Keep a buffer that nobody asked for');
  const args = ['run', 'stock:bench', '--base=HEAD~1', '--filter=shared|still', '--budget=120s'];
  const result = await nx(ws, args);
  const made = report(ws, 'stock', result);
  const { id, decidedBy, verdict } = subjectNamed(made, 'shared');
  expect(verdict, result.output).toBe('regressed');
  const [bytes, count] = ['allocated bytes', 'allocations'].map((what) =>
    made.metrics.find((metric) => metric.id === `${id}#${what} per operation`),
  );
  expect(decidedBy).toEqual(expect.arrayContaining([bytes?.id, count?.id]));
  expect(bytes).toMatchObject({
    ...{ unit: 'B/op', value: 256 },
    comparisons: [{ against: 'base', value: 0, difference: { value: 256 }, verdict: 'regressed' }],
  });
  expect(count).toMatchObject({
    unit: 'allocs/op',
    value: 1,
    comparisons: [{ value: 0, verdict: 'regressed' }],
  });
  const messages = made.findings.filter(({ subject }) => subject === id).map(({ message }) => message);
  expect(messages.join('\n')).toMatch(/shared allocates 256 B\/op more than on \w+: 0 B\/op → 256 B\/op,/);
  expect(result.output).toMatch(/shared .*regressed/);
  expect(result.code).toBe(1);
  expect(['unchanged', 'inconclusive'], result.output).toContain(verdictOf(made, 'still'));
});
