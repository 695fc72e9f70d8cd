import type { DriveOutcome, DriveRequest, DriveResult } from '../../harnesses/harness.ts';
import type { Drive, DriveInTurns } from '../measure/types.ts';
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

/** Takes the next chunk of one benchmark of one process: nanoseconds per operation. */
type NextChunk = () => number;

function chunksOf(
  machine: Machine,
  side: SyntheticSide,
  name: string,
  iterations: number,
  level: number,
): NextChunk {
  const opMs = ((side.nsPerOp[name] ?? 0) * level) / 1e6;
  let index = 0;
  return () => {
    const extra = side.sometimes !== undefined && machine.random() < 1 / side.sometimes.everyChunk;
    const work =
      opMs * iterations * machine.chunkFactor(index) * (extra ? 1 + (side.sometimes?.extra ?? 0) : 1);
    index++;
    return (machine.work(work) * 1e6) / iterations + (side.overheadNs ?? 0);
  };
}

/** Two fresh processes that take turns on one core. */
export function syntheticTurns(
  machine: Machine,
  sides: Readonly<Record<'base' | 'head', SyntheticSide>>,
): DriveInTurns {
  return async (pair) => {
    const from = machine.clock();
    const order = pair.first === 'base' ? (['base', 'head'] as const) : (['head', 'base'] as const);
    const levels = Object.fromEntries(
      order.map((side) => {
        machine.work(sides[side].startupMs ?? 40);
        return [side, machine.processLevel()];
      }),
    );
    const perTurn = Math.max(1, Math.ceil(2 / pair.chunkMs));
    const outcomes: Record<'base' | 'head', DriveOutcome[]> = { base: [], head: [] };
    for (const name of pair.base.benchmarks) {
      const request = pair.base;
      const iterations = request.iterations[name] ?? 1;
      const warmup = request.warmup[name] ?? 0;
      const next = Object.fromEntries(
        order.map((side) => [side, chunksOf(machine, sides[side], name, iterations, levels[side] ?? 1)]),
      );
      const taken: Record<'base' | 'head', number[]> = { base: [], head: [] };
      for (let done = 0; done < warmup + request.chunks; done += perTurn) {
        const left = Math.min(perTurn, warmup + request.chunks - done);
        for (const side of order) for (let i = 0; i < left; i++) taken[side].push(next[side]?.() ?? 0);
      }
      for (const side of order) {
        const all = taken[side];
        outcomes[side].push({
          ...{ state: 'sampled', name, iterations, extra: [] },
          ...{ warmup: all.slice(0, warmup), chunks: all.slice(warmup) },
        });
      }
    }
    const wallMs = machine.clock() - from;
    const process = { state: 'exited', detail: 'code 0', output: '', wallMs } as const;
    const told = (side: 'base' | 'head') => ({
      outcomes: outcomes[side],
      duplicates: [],
      loaded: [],
      process,
    });
    return { base: told('base'), head: told('head') };
  };
}

/** A `drive` that starts no process: the machine's virtual clock passes instead. */
export function syntheticDrive(machine: Machine, side: SyntheticSide): Drive {
  const sampleOne = (request: DriveRequest, name: string, level: number): DriveOutcome => {
    const iterations = request.iterations[name] ?? 1;
    const chunk = chunksOf(machine, side, name, iterations, level);
    const warmup = Array.from({ length: request.warmup[name] ?? 0 }, chunk);
    const from = machine.clock();
    const chunks: number[] = [];
    while (
      chunks.length < request.chunks &&
      (chunks.length === 0 || machine.clock() - from < request.maxBenchmarkMs)
    ) {
      chunks.push(chunk());
    }
    return { state: 'sampled', name, iterations, warmup, chunks, parallelism: 1, extra: [] };
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
