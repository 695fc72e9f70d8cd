export { changePoints, type Segment } from './change-points.ts';
export { binomialCdf, clopperPearson } from './clopper-pearson.ts';
export {
  hodgesLehmann,
  type Location,
  type LocationInterval,
  valuesNeeded,
  walshAverages,
} from './hodges-lehmann.ts';
export { normalCdf, normalQuantile } from './normal.ts';
export { detectableShift, fewestPairs, type PowerQuestion, pairsNeeded } from './power.ts';
export { ascending, median, quantile, quantileOfSorted } from './quantile.ts';
export { gaussian, type Random, seededRandom, seedOf, shuffled } from './random.ts';
export type { RankBound } from './rank-scores.ts';
export { type Alternative, type SignedRankResult, signedRank } from './signed-rank.ts';
export { giniSd, mean, medianAbsoluteDeviation, robustSd, standardDeviation, variance } from './spread.ts';
export { type SteadyState, steadyState } from './steady-state.ts';
