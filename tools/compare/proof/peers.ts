import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunProcess } from '../../kernel/process/types.ts';
import { mean } from '../../kernel/statistics/index.ts';
import type { BenchmarkSamples, Replicate } from '../types.ts';

/** Judges both sides' means of processes; undefined where it could not. */
export type Peer = (base: readonly number[], head: readonly number[]) => Promise<boolean | undefined>;

/** Means of the processes of one side, in the order taken. */
export function processMeans(samples: BenchmarkSamples, side: 'base' | 'head'): number[] {
  return samples.batches
    .filter(({ role }) => role !== 'pilot')
    .flatMap(({ replicates }) => replicates)
    .filter((replicate: Replicate) => replicate.side === side)
    .map(({ chunks }) => mean(chunks));
}

/** The rule of thumb of CI scripts: ten per cent between two means are an alarm. */
export const tenPercentRule: Peer = async (base, head) => Math.abs(mean(head) / mean(base) - 1) > 0.1;

/** Vitest's comparison (`bench.compare`, `toBeFasterThan`) sets two bare means side by side: any difference counts. */
export const bareMeans: Peer = async (base, head) => mean(head) !== mean(base);

/**
 * benchstat at its defaults (Mann-Whitney, p < 0.05), built from its Go module.
 *
 * @returns undefined where Go is missing or the module cannot be had
 */
export async function benchstat(run: RunProcess, folder: string): Promise<Peer | undefined> {
  await mkdir(folder, { recursive: true });
  const env = { GOBIN: folder, GOFLAGS: '-mod=mod' };
  const args = ['install', 'golang.org/x/perf/cmd/benchstat@latest'];
  const built = await run({ command: 'go', args, cwd: folder, env, timeoutMs: 300_000 });
  if (built.state !== 'exited' || built.code !== 0) return undefined;
  return async (base, head) => {
    const text = (values: readonly number[]) => values.map((ns) => `BenchmarkWork 1 ${ns} ns/op\n`).join('');
    await writeFile(join(folder, 'base.txt'), text(base));
    await writeFile(join(folder, 'head.txt'), text(head));
    const result = await run({
      command: join(folder, 'benchstat'),
      args: ['-format=csv', 'base.txt', 'head.txt'],
      cwd: folder,
      timeoutMs: 20_000,
    });
    if (result.state !== 'exited' || result.code !== 0) return undefined;
    return readBenchstat(result.stdout);
  };
}

/** Whether benchstat's CSV names a change: `~` in the column "vs base" is none. */
export function readBenchstat(csv: string): boolean | undefined {
  const row = csv.split('\n').find((line) => line.startsWith('Work'));
  const change = row?.split(',')[5];
  return change === undefined ? undefined : change.trim() !== '~';
}
