/** Steps and slopes in a recorded series of figures: `driftOf` is pure, whoever keeps the history. */
export { DRIFT_POLICY, driftOf, FEWEST_POINTS } from './drift.ts';
export type * from './types.ts';
