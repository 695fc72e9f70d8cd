import { judgePolicy, memoryWishes } from '../../compare/policy.ts';
import type { JudgePolicy } from '../../compare/types.ts';
import { pattern } from './pattern.ts';
import type { BenchSettings } from './settings.ts';

type Limits = Pick<BenchSettings, 'judge' | 'config'>;

/**
 * The policy by which one benchmark is judged: a relative budget of its own, or that of the project. Pure.
 *
 * @throws AssayError `bench/bad-pattern`
 */
export function policyFor(subject: string, { judge, config }: Limits): JudgePolicy {
  const own = (config.budgets ?? []).findLast(
    ({ benchmark, margin }) =>
      margin !== undefined && pattern(benchmark, 'budgets of assay/bench.json').test(subject),
  );
  return own?.margin === undefined
    ? judge
    : judgePolicy({ ...memoryWishes(judge), margin: own.margin, witness: judge.witness });
}

/** The policy that a group of benchmarks is planned by: that of the most demanding of them. */
export function tightestPolicy(subjects: readonly string[], settings: Limits): JudgePolicy {
  return subjects
    .map((subject) => policyFor(subject, settings))
    .reduce((tightest, policy) => (policy.margin < tightest.margin ? policy : tightest), settings.judge);
}

/** Whether a benchmark has an absolute limit, so that its figure is wanted whatever the base says. */
export function hasAbsoluteLimit(subject: string, { config }: Pick<Limits, 'config'>): boolean {
  return (config.budgets ?? []).some(
    ({ benchmark, max }) =>
      max !== undefined && pattern(benchmark, 'budgets of assay/bench.json').test(subject),
  );
}
