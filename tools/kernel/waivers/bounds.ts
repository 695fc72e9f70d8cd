import type { Comparison, Metric } from '../report/schema.ts';
import type { AcceptedBound, AcceptedEntry } from './accepted-schema.ts';

/** A metric that got worse, by how much, and the comparison that says so. */
export interface Worsening {
  readonly metric: Metric;
  readonly comparison: Comparison;
}

/** How a worsening stands to what was accepted. */
export type Standing =
  /** Not shown to be beyond the bound: at least the near end of its interval is within it. */
  | { readonly state: 'within'; readonly bound: AcceptedBound }
  /** The whole interval is beyond it. */
  | { readonly state: 'beyond'; readonly bound: AcceptedBound }
  /** The entry bounds nothing of this kind. */
  | { readonly state: 'unbounded' };

/** Name of a metric inside of its subject: ids of metrics may repeat that of the subject, `<subject>#<name>`. */
export function metricName({ id, subject }: Pick<Metric, 'id' | 'subject'>): string {
  return id.startsWith(`${subject}#`) ? id.slice(subject.length + 1) : id;
}

/**
 * The bound up to which a worsening may be accepted: the far end of its interval, rounded outwards to four decimals,
 * so that a repetition does not fail by chance. Relative where the comparison is.
 */
export function boundOf({ metric, comparison }: Worsening): AcceptedBound {
  const name = { metric: metricName(metric), witness: metric.witness };
  const { change } = comparison;
  if (change !== undefined) {
    const ratio = outwards(farEnd(metric, change.interval), metric);
    return { ...name, ratio, seen: Math.round(change.ratio * 1e4) / 1e4 };
  }
  const value = metric.value ?? Number.NaN;
  const far = farEnd(metric, metric.interval ?? [value, value]);
  return { ...name, value: far, unit: metric.unit, seen: value };
}

/**
 * Sets a worsening against an entry. A metric that the entry does not name is held to the widest bound of its kind: the
 * same slowdown may show in another statistic next time, or be decided by instructions. More memory is none. Pure.
 */
export function standingOf({ metric, comparison }: Worsening, { bounds }: AcceptedEntry): Standing {
  const relative = comparison.change !== undefined;
  const comparable = bounds.filter(({ ratio, unit }) =>
    relative ? ratio !== undefined : unit === metric.unit,
  );
  const name = metricName(metric);
  const kind = kindOf(metric.witness);
  const alike = comparable.filter(({ witness }) => witness !== undefined && kindOf(witness) === kind);
  const bound = comparable.find((one) => one.metric === name) ?? widest(alike, metric);
  if (bound === undefined) return { state: 'unbounded' };
  const value = metric.value ?? Number.NaN;
  const near = nearEnd(metric, comparison.change?.interval ?? metric.interval ?? [value, value]);
  const limit = bound.ratio ?? bound.value ?? Number.NaN;
  // Written so that what is no number is beyond.
  const within = metric.better === 'lower' ? near <= limit : near >= limit;
  return { state: within ? 'within' : 'beyond', bound };
}

/** `+9.4 %` of a relative bound, the value with its unit of an absolute one. */
export function boundText({ ratio, value, unit }: AcceptedBound): string {
  if (ratio !== undefined) return signedPercent(ratio);
  return `${Number((value ?? Number.NaN).toPrecision(6))} ${unit ?? ''}`.trim();
}

/** The first bound of an entry, which is that of the most telling metric, in words. */
export function entryBoundText({ bounds: [first] }: AcceptedEntry): string {
  return first === undefined ? '' : boundText(first);
}

/** A ratio as a signed change: 1.081 → `+8.1 %`. */
export function signedPercent(ratio: number): string {
  const percent = (ratio - 1) * 100;
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
}

/** Witnesses of one and the same: how long it takes. */
const TIME: readonly string[] = ['wall', 'cpu', 'instructions'];

function kindOf(witness: string): string {
  return TIME.includes(witness) ? 'time' : witness;
}

type Better = Pick<Metric, 'better'>;

function farEnd({ better }: Better, [low, high]: readonly [number, number]): number {
  return better === 'lower' ? high : low;
}

function nearEnd({ better }: Better, [low, high]: readonly [number, number]): number {
  return better === 'lower' ? low : high;
}

function outwards(ratio: number, { better }: Better): number {
  const scaled = ratio * 1e4;
  return (better === 'lower' ? Math.ceil(scaled - 1e-6) : Math.floor(scaled + 1e-6)) / 1e4;
}

function widest(bounds: readonly AcceptedBound[], { better }: Better): AcceptedBound | undefined {
  const limit = (bound: AcceptedBound): number => bound.ratio ?? bound.value ?? Number.NaN;
  return bounds.reduce<AcceptedBound | undefined>((so, bound) => {
    if (so === undefined) return bound;
    const wider = better === 'lower' ? limit(bound) > limit(so) : limit(bound) < limit(so);
    return wider ? bound : so;
  }, undefined);
}
