import type { DriveOutcome, DriveRequest, DriveResult } from '../../harnesses/harness.ts';
import type { Drive } from '../measure/types.ts';
import type { Machine } from './machine.ts';

/** One side of a synthetic comparison. */
export interface SyntheticSide {
  /** Nanoseconds of one operation at full speed, by benchmark. */
  readonly nsPerOp: Readonly<Record<string, number>>;
  /** One chunk in n, at random, costs `extra` times an ordinary chunk more: work that happens only sometimes. */
  readonly sometimes?: { readonly everyChunk: number; readonly extra: number };
  /** Calibration sees code that is not compiled yet: so many times slower. */
  readonly coldFactor?: number;
  readonly startupMs?: number;
  readonly overheadNs?: number;
}

/** A `drive` that starts no process: the machine's virtual clock passes instead. */
export function syntheticDrive(machine: Machine, side: SyntheticSide): Drive {
  const sampleOne = (request: DriveRequest, name: string, level: number): DriveOutcome => {
    const iterations = request.iterations[name] ?? 1;
    const opMs = ((side.nsPerOp[name] ?? 0) * level) / 1e6;
    let index = 0;
    const chunk = () => {
      const extra = side.sometimes !== undefined && machine.random() < 1 / side.sometimes.everyChunk;
      const work =
        opMs * iterations * machine.chunkFactor(index) * (extra ? 1 + (side.sometimes?.extra ?? 0) : 1);
      index++;
      return (machine.work(work) * 1e6) / iterations + (side.overheadNs ?? 0);
    };
    const warmup = Array.from({ length: request.warmup[name] ?? 0 }, chunk);
    const from = machine.clock();
    const chunks: number[] = [];
    while (
      chunks.length < request.chunks &&
      (chunks.length === 0 || machine.clock() - from < request.maxBenchmarkMs)
    ) {
      chunks.push(chunk());
    }
    return { state: 'sampled', name, iterations, warmup, chunks, extra: [] };
  };

  const calibrateOne = (request: DriveRequest, name: string, level: number): DriveOutcome => {
    const opMs = ((side.nsPerOp[name] ?? 0) * level) / 1e6;
    const tries = Math.max(1, Math.min(5, Math.floor(10 / opMs)));
    const nsPerOp = ((machine.work(opMs * tries) * 1e6) / tries) * (side.coldFactor ?? 1);
    const iterations = Math.max(1, Math.round(request.targetChunkNs / nsPerOp));
    return {
      state: 'calibrated',
      name,
      iterations,
      overheadNs: side.overheadNs ?? 0,
      resolutionNs: 40,
      nsPerOp,
    };
  };

  return (request: DriveRequest): Promise<DriveResult> => {
    const from = machine.clock();
    machine.work(side.startupMs ?? 40);
    const level = machine.processLevel();
    const names = request.benchmarks.length > 0 ? request.benchmarks : Object.keys(side.nsPerOp);
    const outcomes = names.map((name): DriveOutcome => {
      if (request.mode === 'list') return { state: 'listed', name };
      return request.mode === 'calibrate'
        ? calibrateOne(request, name, level)
        : sampleOne(request, name, level);
    });
    const wallMs = machine.clock() - from;
    const process = { state: 'exited', detail: 'code 0', output: '', wallMs } as const;
    return Promise.resolve({ outcomes, duplicates: [], loaded: [], process });
  };
}
