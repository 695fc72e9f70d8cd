import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readDriverEvents } from '../protocol.ts';
import { benchmarkNeedsVitest } from './bundle/needs-vite.ts';
import { caseTitle } from './runtime/title.ts';
import { type Benchmark, leavesOf, newSuite } from './runtime/tree.ts';

const ended = { state: 'exited', detail: 'exit code 0', output: '', wallMs: 50 } as const;

describe('vitest harness', () => {
  test('read the events of one replicate', async ({ bench }) => {
    const chunksNs = Array.from({ length: 40 }, (_, i) => 1_000_000 + i * 17);
    const event = {
      event: 'sampled',
      name: 'a › b',
      iterations: 2000,
      warmupNs: chunksNs.slice(0, 5),
      chunksNs,
    };
    const text = `${JSON.stringify({ event: 'begin', name: 'a › b' })}\n${JSON.stringify(event)}\n{"event":"end"}\n`;
    expect(readDriverEvents(text, ['a › b'], ended).outcomes).toHaveLength(1);
    await bench('read the events of one replicate', () => readDriverEvents(text, ['a › b'], ended)).run();
  });

  test('resolve 1,000 benchmarks', async ({ bench }) => {
    const root = newSuite('', 'run');
    for (let i = 0; i < 50; i++) {
      const suite = newSuite(`suite ${i}`, 'run', root);
      root.children.push(suite);
      for (let j = 0; j < 20; j++) suite.children.push(benchmark(`case ${j}`));
    }
    expect(leavesOf(root)).toHaveLength(1000);
    await bench('resolve 1,000 benchmarks', () => leavesOf(root)).run();
  });

  test('title of a case', async ({ bench }) => {
    const row = { name: 'large', size: { rows: 1000 } };
    await bench('title of a case', () => caseTitle('$name with $size.rows rows (%#)', [row], 7)).run();
  });

  test('scan a bench file for what needs Vite', async ({ bench }) => {
    const text = readFileSync(import.meta.filename, 'utf8');
    await bench('scan a bench file for what needs Vite', () => benchmarkNeedsVitest(text)).run();
  });
});

function benchmark(name: string): Benchmark {
  return { kind: 'bench', name, mode: 'run', fn: () => 1, options: {}, stack: undefined };
}
