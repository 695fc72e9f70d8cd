/** Continued fraction of the incomplete beta function (Lentz; Press et al., Numerical Recipes, 6.4). */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let value = d;
  for (let m = 1; m <= 300; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 + term * d;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      c = 1 + term / c;
      if (Math.abs(c) < tiny) c = tiny;
      value *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return value;
}

/** log Γ(x) (Lanczos), x > 0. */
function logGamma(x: number): number {
  const series = [
    76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.001208650973866179,
    -0.000005395239384953,
  ].reduce((sum, coefficient, index) => sum + coefficient / (x + 1 + index), 1.000000000190015);
  const t = x + 5.5;
  return (x + 0.5) * Math.log(t) - t + Math.log((2.5066282746310007 * series) / x);
}

/** Two-sided tail of Student's t: P(|T| ≥ |t|) with `df` degrees of freedom, which need not be whole. */
export function studentTail(t: number, df: number): number {
  if (!Number.isFinite(t)) return 0;
  const x = df / (df + t * t);
  const [a, b] = [df / 2, 0.5];
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x >= 1) return 1;
  return Math.min(
    1,
    x < (a + 1) / (a + b + 2)
      ? (front * betaFraction(a, b, x)) / a
      : 1 - (front * betaFraction(b, a, 1 - x)) / b,
  );
}

/** The t beyond which, on both sides together, lies `tail`. */
export function studentQuantile(tail: number, df: number): number {
  let low = 0;
  let high = 1;
  while (studentTail(high, df) > tail && high < 1e12) high *= 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (studentTail(middle, df) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Mean, variance and size of a sample, or of what sums one up. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly n: number;
}

/** Difference of two means, second less first, by Welch's (1947) test. */
export interface WelchResult {
  readonly estimate: number;
  readonly interval: readonly [number, number];
  readonly p: number;
}

/**
 * Welch's test and interval. It rests on means that are about normal.
 *
 * @param leastVariance of one sample: a coarse clock can leave equal values, which do not prove that nothing varies
 */
export function welch(a: Moments, b: Moments, confidence: number, leastVariance = 0): WelchResult {
  const [va, vb] = [a, b].map(({ variance, n }) => Math.max(variance, leastVariance) / n) as [number, number];
  const estimate = b.mean - a.mean;
  const error = Math.sqrt(va + vb);
  if (error === 0) return { estimate, interval: [estimate, estimate], p: estimate === 0 ? 1 : 0 };
  const df = (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
  const width = studentQuantile(1 - confidence, df) * error;
  return { estimate, interval: [estimate - width, estimate + width], p: studentTail(estimate / error, df) };
}
