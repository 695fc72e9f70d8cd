import type { Witness } from '../../compare/count/types.ts';
import type { BenchSettings } from './settings.ts';

/** Wall time that is only shown gets no more than this, milliseconds for one benchmark. */
const SHOWN_MS = 6_000;

/** Settings with the witness that a run asks for, or that policy named. Pure. */
export function withWitness(settings: BenchSettings, asked: Witness | undefined): BenchSettings {
  const witness = asked ?? settings.judge.witness ?? 'auto';
  const budgetMs = witness === 'instructions' ? Math.min(settings.budgetMs, SHOWN_MS) : settings.budgetMs;
  return { ...settings, budgetMs, judge: { ...settings.judge, witness } };
}
