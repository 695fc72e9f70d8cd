import { describe, expect, inject, it } from 'vitest';
import { createWorkspace, nx, write } from '../harness/workspace.ts';

const host = inject('host');

/** Output of `go test -bench -count=12`, all samples about so many nanoseconds. */
function goText(ns: number): string {
  const lines = Array.from(
    { length: 12 },
    (_, i) => `BenchmarkParse-2 1000 ${ns * (1 + ((i * 7) % 12) / 1000)} ns/op`,
  );
  return `goos: linux\ncpu: AMD EPYC\npkg: shop\n${lines.join('\n')}\nPASS\n`;
}

describe('recorded results in a fresh workspace', () => {
  it('are judged by the workspace project: alike, slower, and broken', async () => {
    const ws = await createWorkspace(host);
    write(ws, 'old file.txt', goText(1000));
    write(ws, 'same.txt', goText(1001));
    write(ws, 'slow.txt', goText(1080));
    write(ws, 'cut.json', '{"results": [');
    const judge = (head: string) => nx(ws, ['run', 'assay:judge', '--base=old file.txt', `--head=${head}`]);
    const same = await judge('same.txt');
    expect(same.code, same.output).toBe(0);
    expect(same.output).toContain('1 unchanged');
    const slow = await judge('slow.txt');
    expect(slow.code).not.toBe(0);
    expect(slow.output).toContain('judge/regressed');
    expect(slow.output).toContain('recorded one after the other on the same machine, 1 process a side');
    const cut = await judge('cut.json');
    expect(cut.code).not.toBe(0);
    expect(cut.output).toContain('files/malformed');
  });
});
