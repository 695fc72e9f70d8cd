/** log P(X = k) of a binomial distribution, by sums of logarithms. */
function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= Math.min(k, n - k); i++) sum += Math.log((n - i + 1) / i);
  return sum;
}

/** P(X ≤ k) for X binomial(n, p). O(k). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  // Starts at the largest term below or at k so that nothing underflows.
  const mode = Math.min(k, Math.floor((n + 1) * p));
  const peak = Math.exp(logChoose(n, mode) + mode * Math.log(p) + (n - mode) * Math.log1p(-p));
  let sum = peak;
  for (let i = mode, term = peak; i > 0 && term > 0; i--) sum += term *= (i * (1 - p)) / ((n - i + 1) * p);
  for (let i = mode, term = peak; i < k && term > 0; i++) sum += term *= ((n - i) * p) / ((i + 1) * (1 - p));
  return Math.min(1, sum);
}

/** The p at which a decreasing function of p falls to `target`. */
function bisect(decreasing: (p: number) => number, target: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (decreasing(middle) > target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Exact interval of a probability from `hits` of `trials` (Clopper & Pearson 1934): at least `confidence`.
 */
export function clopperPearson(hits: number, trials: number, confidence: number): [number, number] {
  const tail = (1 - confidence) / 2;
  const low = hits === 0 ? 0 : bisect((p) => binomialCdf(hits - 1, trials, p), 1 - tail);
  const high = hits === trials ? 1 : bisect((p) => binomialCdf(hits, trials, p), tail);
  return [low, high];
}
