import type { DriverRequest } from '../../protocol.ts';
import type { Figures } from './context.ts';
import type { Emit } from './events.ts';
import { calibrate, count, makeReady, sample } from './measure.ts';
import { memoryOf } from './memory.ts';
import type { BenchmarkOptions } from './tree.ts';
import { TurnTaker } from './turns.ts';

let turns: TurnTaker | undefined;

/** Calibrates, samples or repeats one benchmark, with its hooks around, and writes the event. */
export async function measureOne(
  { request, emit }: { request: DriverRequest; emit: Emit },
  name: string,
  fn: () => unknown,
  options: BenchmarkOptions,
): Promise<Figures> {
  await options.setup?.(undefined, 'run');
  await options.beforeAll?.('run');
  const ready = await makeReady(fn, options);
  let chunksMs: number[];
  if (request.mode === 'calibrate') {
    const found = await calibrate(ready, request.targetChunkNs, request.maxBenchmarkMs);
    emit({ event: 'calibrated', name, ...found });
    chunksMs = [found.nsPerOp / 1e6];
  } else if (request.mode === 'count') {
    const counted = await count(ready, request.warmup[name] ?? 0, request.iterations[name] ?? 1);
    emit({ event: 'counted', name, ...counted });
    chunksMs = [counted.timedNs / counted.operations / 1e6];
  } else {
    const iterations = request.iterations[name] ?? 1;
    const { chunks, maxBenchmarkMs: maxMs } = request;
    if (request.turns) turns ??= new TurnTaker(request.turns);
    const plan = { iterations, warmup: request.warmup[name] ?? 0, chunks, maxMs };
    const samples = await sample(ready, plan, turns);
    chunksMs = samples.chunksNs.map((ns) => ns / iterations / 1e6);
    const memory = request.memory ? await memoryOf(ready, iterations, Math.min(...chunksMs) * 1e6) : {};
    emit({ event: 'sampled', name, iterations, ...samples, ...memory });
  }
  await options.afterAll?.('run');
  await options.teardown?.(undefined, 'run');
  return { chunksMs };
}
