import { seedOf } from '../../kernel/statistics/index.ts';
import { needsConfirmation } from '../judge/judge.ts';
import { processMs, slowed } from '../plan/cost.ts';
import { PILOT_SHARE, planPilot } from '../plan/pilot-plan.ts';
import { FEWEST_PAIRS, MOST_PAIRS, type Plan, planMain } from '../plan/plan.ts';
import { resolved } from '../plan/resolution.ts';
import { CONFIRM_SHARE } from '../policy.ts';
import type { Batch, BenchmarkSamples, Replicate } from '../types.ts';
import { type BatchRequest, type BatchResult, runBatch } from './batch.ts';
import { calibrate, unitPace } from './calibrate.ts';
import type { Session } from './session.ts';
import { settle } from './settle.ts';
import type { MeasuredBenchmark, Phase } from './types.ts';

/** Pilot and main batch get this much of the budget; the rest is kept for confirming a suspect. */
const MAIN_SHARE = 0.7;
/**
 * Above this, other threads of the process work while it measures: on one core they would stand in the way of it and
 * of the other process. A thread that compiles or cleans up now and then does not reach it.
 */
const MOST_PARALLELISM = 1.15;
/** Pairs by which a batch is lengthened: one block of balanced orders. */
const LENGTHENING = 4;

export type UnitProgress = (
  phase: Phase,
  names: readonly string[],
  done: number,
  total: number,
  remainingMs: number,
  resolves?: number,
) => void;

function notesOf(
  plan: Plan,
  name: string,
  pairs: number,
  sides: 1 | 2,
  pilotPairs: number,
  short: boolean,
): string[] {
  const notes: string[] = [];
  if (pilotPairs === 0) notes.push('Too slow for a pilot: the plan rests on no look at the noise.');
  if (plan.unsteady.includes(name)) {
    notes.push(
      'No steady state: its pace still changed late in a process; the first half counts as warm-up.',
    );
  }
  if (short) {
    const what = sides === 2 ? 'pairs of processes' : 'processes';
    notes.push(`The time budget allowed ${pairs} ${what}; the noise asked for more.`);
  }
  return notes;
}

/** Measures the benchmarks that share processes: calibrate, pilot, plan, main batch, confirming batch for suspects. */
export async function measureUnit(
  session: Session,
  unit: readonly string[],
  startupMs: number,
  progress: UnitProgress,
): Promise<Omit<MeasuredBenchmark, 'line'>[]> {
  const { clock, policy, attempt = 1, file } = session.request;
  const sides = session.sides.length === 1 ? 1 : 2;
  const started = clock();
  const budgetMs = session.request.budgetMs * unit.length;
  progress('calibrate', unit, 0, 1, 0);
  const calibrations = await settle(session, await calibrate(session, unit));
  let names = [...calibrations.keys()];
  if (names.length === 0 || session.stopped) return [];
  const pace = unitPace(calibrations, startupMs);
  const turns =
    session.request.driveInTurns !== undefined &&
    sides === 2 &&
    [...calibrations.values()].every(({ parallelism = 2 }) => parallelism <= MOST_PARALLELISM);
  const seed = (session.request.seed ?? seedOf(file)) ^ seedOf(unit.join('\n')) ^ attempt;
  const sequence = { next: 0 };
  let resolves: number | undefined;
  const batch = async (
    part: Pick<BatchRequest, 'role' | 'pairs' | 'firstPair' | 'chunks' | 'warmup' | 'deadlineMs'>,
    who: readonly string[],
  ): Promise<BatchResult> => {
    const mine = { ...pace, benchmarks: pace.benchmarks.filter(({ name }) => who.includes(name)) };
    const pairMs = sides * processMs(mine, part.chunks, part.warmup);
    progress(part.role, who, 0, part.pairs, part.pairs * pairMs, resolves);
    const from = clock();
    const result = await runBatch(session, {
      ...part,
      names: who,
      calibrations,
      turns,
      pairMs,
      sequence,
      seed: seed ^ seedOf(`${part.role} ${part.firstPair ?? 0}`),
      onPair: (done, left) =>
        progress(
          part.role,
          left,
          done,
          part.pairs,
          ((clock() - from) / done) * (part.pairs - done),
          resolves,
        ),
    });
    names = names.filter((name) => !who.includes(name) || result.replicates.has(name));
    return result;
  };
  const firstDeadline = started + (sides === 1 ? 1 : MAIN_SHARE) * budgetMs;
  const pilotPlan = planPilot(pace, budgetMs, sides);
  const pilotFrom = clock();
  const pilotDeadline = Math.min(firstDeadline, pilotFrom + 1.5 * PILOT_SHARE * budgetMs);
  const pilot = await batch({ role: 'pilot', ...pilotPlan, warmup: {}, deadlineMs: pilotDeadline }, names);
  if (names.length === 0 || session.stopped) return [];
  const expectedMs = sides * pilot.pairs * processMs(pace, pilotPlan.chunks);
  const seen = pilot.pairs === 0 ? 1 : Math.min(4, Math.max(0.5, (clock() - pilotFrom) / expectedMs));
  const left = { ...pace, benchmarks: pace.benchmarks.filter(({ name }) => names.includes(name)) };
  const plan = planMain(
    slowed(left, seen),
    Object.fromEntries(pilot.replicates),
    pilotPlan.chunks,
    policy,
    firstDeadline - clock(),
    sides,
    turns,
  );
  resolves = plan.detectable;
  const batches: (readonly [Batch['role'], BatchResult])[] = [['pilot', pilot]];
  const samplesOf = (name: string): BenchmarkSamples => {
    const found = new Map<Batch['role'], readonly Replicate[]>();
    for (const [role, result] of batches) {
      const replicates = result.replicates.get(name) ?? [];
      if (replicates.length > 0) found.set(role, [...(found.get(role) ?? []), ...replicates]);
    }
    const {
      iterations = 1,
      overheadNs = 0,
      resolutionNs = 0,
      parallelism,
      waiting,
    } = calibrations.get(name) ?? {};
    return {
      subject: session.request.subjectOf?.(name) ?? `${file} › ${name}`,
      iterations,
      overheadNs,
      resolutionNs,
      ...(parallelism === undefined ? {} : { parallelism }),
      ...(waiting === undefined ? {} : { waiting }),
      batches: [...found].map(([role, replicates]) => ({ role, attempt, turns, replicates })),
    };
  };
  const main = await batch({ ...plan, role: 'main', deadlineMs: firstDeadline }, names);
  batches.push(['main', main]);
  let pairs = main.pairs;
  let cut = main.cut;
  while (sides === 2 && !cut && !session.stopped && pairs < MOST_PAIRS) {
    const vague = names.filter((name) => !resolved(samplesOf(name), policy));
    if (vague.length === 0) break;
    const longer = await batch(
      { ...plan, role: 'main', pairs: LENGTHENING, firstPair: pairs, deadlineMs: firstDeadline },
      vague,
    );
    batches.push(['main', longer]);
    pairs += longer.pairs;
    cut = longer.cut;
  }
  const withEarlier = (name: string): BenchmarkSamples => {
    const samples = samplesOf(name);
    return { ...samples, batches: [...(session.request.earlier?.(name) ?? []), ...samples.batches] };
  };
  const suspects = sides === 1 ? [] : names.filter((name) => needsConfirmation(withEarlier(name), policy));
  if (suspects.length > 0 && !session.stopped) {
    const wanted = Math.max(FEWEST_PAIRS, Math.ceil(CONFIRM_SHARE * pairs));
    const deadlineMs = started + budgetMs;
    batches.push(['confirm', await batch({ ...plan, role: 'confirm', pairs: wanted, deadlineMs }, suspects)]);
  }
  const isShort = (name: string) => (sides === 2 ? !resolved(samplesOf(name), policy) : cut || plan.limited);
  return names
    .filter((name) => (main.replicates.get(name)?.length ?? 0) > 0)
    .map((name) => ({
      name,
      samples: samplesOf(name),
      plan,
      notes: notesOf(plan, name, pairs, sides, pilot.pairs, isShort(name)),
    }));
}
