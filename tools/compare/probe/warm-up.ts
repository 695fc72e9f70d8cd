import { type SteadyState, steadyState } from '../../kernel/statistics/index.ts';
import type { Replicate } from '../types.ts';

/** Warm-up of one benchmark as the pilot shows it: the longer of both sides, since both get the same. */
export function detectWarmup(pilot: readonly Replicate[]): SteadyState {
  let found: SteadyState = { warmup: 0, steady: true };
  for (const side of ['base', 'head'] as const) {
    const runs = pilot
      .filter((replicate) => replicate.side === side)
      .map((replicate) => replicate.chunks)
      .filter((chunks) => chunks.length > 0 && chunks.every((chunk) => chunk > 0 && Number.isFinite(chunk)));
    if (runs.length < 2) continue;
    const own = steadyState(runs);
    found = { warmup: Math.max(found.warmup, own.warmup), steady: found.steady && own.steady };
  }
  return found;
}
