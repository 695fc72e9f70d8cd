import { TARGET_CHUNK_NS, type UnitPace } from '../plan/cost.ts';
import type { Session } from './session.ts';

export interface Calibration {
  readonly iterations: number;
  readonly overheadNs: number;
  readonly resolutionNs: number;
  /** Nanoseconds of one operation, geometric mean of both sides. */
  readonly paceNs: number;
  /** Nanoseconds that a chunk should last at least. */
  readonly targetNs: number;
  /** Expected milliseconds of one chunk on the slower side. */
  readonly chunkMs: number;
  /** CPU time over wall time, the higher of both sides; absent where unknown. */
  readonly parallelism?: number;
  /** Share of wall time in which the process waited, the higher of both sides; absent where unknown. */
  readonly waiting?: number;
}

/** A harness may try this long for each benchmark to find its pace. */
const CALIBRATION_MS = 300;

/** A chunk lasts at least so many steps of the clock, so that one step is a thousandth of it. */
const STEPS_PER_CHUNK = 1000;

/**
 * Fixes the iterations of a chunk once, equal on both sides: from the geometric mean of both paces, so that neither
 * side is favoured. Benchmarks that a side cannot calibrate are dropped with their reason.
 *
 * @returns calibrations by name, for those that both sides can run
 */
export async function calibrate(
  session: Session,
  names: readonly string[],
): Promise<ReadonlyMap<string, Calibration>> {
  const seen = new Map<string, { paces: number[]; overheads: number[]; resolutions: number[] }>();
  let left = [...names];
  for (const side of session.sides) {
    let owed = left;
    while (owed.length > 0 && !session.stopped) {
      const answer = await session.ask(side, 'calibrate', {
        mode: 'calibrate',
        benchmarks: owed,
        iterations: {},
        warmup: {},
        chunks: 0,
        maxBenchmarkMs: CALIBRATION_MS,
      });
      left = left.filter((name) => !answer.dropped.includes(name));
      for (const name of owed) {
        const outcome = answer.outcomes.get(name);
        if (outcome?.state !== 'calibrated') continue;
        if (!(outcome.nsPerOp > 0 && Number.isFinite(outcome.nsPerOp))) {
          const reason = `it measures nothing: ${outcome.nsPerOp} ns per operation`;
          session.fail({ name, side, phase: 'calibrate', kind: 'failed', reason, output: '' });
          left = left.filter((other) => other !== name);
          continue;
        }
        const entry = seen.get(name) ?? { paces: [], overheads: [], resolutions: [] };
        entry.paces.push(outcome.nsPerOp);
        entry.overheads.push(Math.max(0, outcome.overheadNs || 0));
        entry.resolutions.push(Math.max(0, outcome.resolutionNs || 0));
        seen.set(name, entry);
      }
      owed = answer.unfinished.filter((name) => left.includes(name));
    }
  }
  const calibrations = new Map<string, Calibration>();
  for (const name of left) {
    const entry = seen.get(name);
    if (entry === undefined || entry.paces.length < session.sides.length) continue;
    const paceNs = Math.exp(entry.paces.reduce((sum, ns) => sum + Math.log(ns), 0) / entry.paces.length);
    const resolutionNs = Math.max(...entry.resolutions);
    const targetNs = Math.max(TARGET_CHUNK_NS, STEPS_PER_CHUNK * resolutionNs);
    const iterations = Math.max(1, Math.round(targetNs / paceNs));
    calibrations.set(name, {
      iterations,
      paceNs,
      targetNs,
      // The smaller one: taking off too much would exaggerate a change, too little hides a part of it.
      overheadNs: Math.min(...entry.overheads),
      resolutionNs,
      chunkMs: (iterations * Math.max(...entry.paces)) / 1e6,
    });
  }
  return calibrations;
}

/** The pace of a unit for planning. */
export function unitPace(calibrations: ReadonlyMap<string, Calibration>, startupMs: number): UnitPace {
  const benchmarks = [...calibrations].map(([name, { chunkMs }]) => ({ name, chunkMs }));
  return { benchmarks, startupMs };
}
