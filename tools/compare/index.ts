/**
 * Two versions side by side. `measureGroup` asks fresh processes for samples; `judge` turns samples into verdicts
 * and is pure, so that stored samples can be judged again under another policy.
 */
export { estimateSide, type SideEstimate } from './judge/estimate.ts';
export { judge, needsConfirmation } from './judge/judge.ts';
export { measureGroup } from './measure/measure-group.ts';
export type {
  Drive,
  GroupResult,
  MeasuredBenchmark,
  MeasureFailure,
  MeasureProgress,
  MeasureRequest,
  Phase,
} from './measure/types.ts';
export { FEWEST_PAIRS, MOST_PAIRS, type Plan } from './plan/plan.ts';
export { alphaOfAttempt, DEFAULT_BUDGET_MS, judgePolicy, type PolicyWishes } from './policy.ts';
export {
  judgeRecorded,
  type RecordedJudgement,
  type RecordedValue,
} from './recorded/judge-recorded.ts';
export type * from './types.ts';
