/**
 * A bisection by statistics: which of the steps from state 0 to state n carry a change that is known to be there. Pure
 * but for what `compare` does.
 */

/** What comparing two states gave. Changes are logarithms of ratios. */
export type StepOutcome =
  | {
      readonly state: 'judged';
      /** Beyond its error bound, and slower. */
      readonly slower: boolean;
      readonly change: Change;
    }
  /** Equal builds. */
  | { readonly state: 'identical' }
  /** A state that cannot be built or run; it is not tried again. */
  | { readonly state: 'broken'; readonly which: number; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string };

export interface Change {
  readonly size: number;
  readonly low: number;
  readonly high: number;
}

export interface BisectRequest {
  /** Last state; there are as many steps. */
  readonly last: number;
  /** The change over all of them. */
  readonly total: Change;
  /** Compares two states closely enough to tell a change of `matters` from none. */
  readonly compare: (from: number, to: number, matters: number) => Promise<StepOutcome>;
  /** Parts smaller than this, as logarithms, are not looked for; by default 1 %, as layout alone makes. */
  readonly least?: number;
  /** Why there may be no further comparison; undefined where there may. */
  readonly stop: () => string | undefined;
}

/** One step that was measured by itself and is slower. */
export interface Culprit {
  readonly step: number;
  readonly change: Change;
}

/** Steps among which something lies that could not be told further. */
export interface Remainder {
  /** State before the first and state after the last of them. */
  readonly from: number;
  readonly to: number;
  /** Estimate of what lies in there, by measurement or subtraction. */
  readonly change: Change;
  readonly why: 'does not build' | 'undecided' | 'too small' | 'stopped';
  readonly detail: string;
}

export interface MeasuredStep {
  readonly from: number;
  readonly to: number;
  readonly outcome: StepOutcome;
}

export interface Bisection {
  readonly culprits: readonly Culprit[];
  readonly remainders: readonly Remainder[];
  readonly steps: readonly MeasuredStep[];
}

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly change: Change;
  /** Compared as a whole and found slower; else it follows from others by subtraction. */
  readonly direct: boolean;
}

/** Parts smaller than this share of the whole are not looked for. */
const SMALLEST_SHARE = 0.1;

const LEAST = Math.log1p(0.01);

/** Comparisons that a bisection may take: what its error budget is divided by. */
export function mostSteps(last: number): number {
  return 4 * Math.ceil(Math.log2(Math.max(2, last))) + 4;
}

/**
 * Halves what is known to hold a change. Of two halves the first is compared; what it does not explain lies in the
 * second. Both are followed where both have a part. A step is only named a culprit after it was compared by itself.
 */
export async function bisect(request: BisectRequest): Promise<Bisection> {
  const { last, total, compare, stop, least = LEAST } = request;
  const culprits: Culprit[] = [];
  const remainders: Remainder[] = [];
  const steps: MeasuredStep[] = [];
  const broken = new Map<number, string>();
  const known = new Map<string, StepOutcome>();
  const smallest = Math.max(least, SMALLEST_SHARE * total.size);
  const open: Segment[] = [{ from: 0, to: last, change: total, direct: true }];

  const ask = async (from: number, to: number, matters: number): Promise<StepOutcome> => {
    const before = known.get(`${from} ${to}`);
    if (before) return before;
    const reason = stop();
    if (reason !== undefined) return { state: 'unknown', reason };
    const outcome = await compare(from, to, matters);
    steps.push({ from, to, outcome });
    known.set(`${from} ${to}`, outcome);
    if (outcome.state === 'broken') broken.set(outcome.which, outcome.reason);
    return outcome;
  };
  const leave = ({ from, to, change }: Segment, why: Remainder['why'], detail: string): void => {
    remainders.push({ from, to, change, why, detail });
  };

  for (;;) {
    open.sort((a, b) => b.change.size - a.change.size);
    const next = open.shift();
    if (next === undefined) break;
    const reason = stop();
    const whole = next.from === 0 && next.to === last;
    const proven = next.direct && next.to - next.from === 1 && (whole || next.change.size >= smallest);
    if (proven) culprits.push({ step: next.to, change: next.change });
    else if (reason !== undefined) leave(next, 'stopped', reason);
    else if (next.change.size < smallest)
      leave(next, 'too small', 'less than a tenth of the whole, or than any comparison tells');
    else if (next.to - next.from === 1) await confirm(next);
    else await halve(next);
  }
  culprits.sort((a, b) => b.change.size - a.change.size);
  return { culprits, remainders, steps };

  async function confirm(segment: Segment): Promise<void> {
    const { from, to, change } = segment;
    const outcome = await ask(from, to, change.size / 2);
    if (outcome.state === 'judged' && outcome.slower) culprits.push({ step: to, change: outcome.change });
    else if (outcome.state === 'judged')
      leave(segment, 'undecided', 'compared by itself it shows no sure change');
    else if (outcome.state === 'identical') leave(segment, 'undecided', 'its builds are equal');
    else leave(segment, outcome.state === 'broken' ? 'does not build' : 'stopped', outcome.reason);
  }

  async function halve(segment: Segment): Promise<void> {
    const { from, to, change } = segment;
    const matters = change.size / 2;
    for (;;) {
      const middle = middleOf(from, to, broken);
      if (middle === undefined) {
        const [first] = broken.values();
        return leave(segment, 'does not build', first ?? '');
      }
      const left = await ask(from, middle, matters);
      if (left.state === 'broken' && left.which === middle) continue;
      if (left.state === 'broken') return leave(segment, 'does not build', left.reason);
      if (left.state === 'unknown') return leave(segment, 'stopped', left.reason);
      return follow(segment, middle, left);
    }
  }

  async function follow(
    { from, to, change }: Segment,
    middle: number,
    left: Extract<StepOutcome, { state: 'judged' | 'identical' }>,
  ): Promise<void> {
    const first = left.state === 'identical' ? NOTHING : left.change;
    const rest = minus(change, first);
    const matters = change.size / 2;
    const isSlower = left.state === 'judged' && left.slower;
    if (isSlower) open.push({ from, to: middle, change: first, direct: true });
    // Within half of what is sought on both sides: the larger part is in the second half.
    else if (first.high < matters) {
      open.push({ from: middle, to, change: rest, direct: false });
      return;
    }
    if (isSlower && rest.size < Math.max(smallest, matters / 2)) return;
    const right = await ask(middle, to, matters);
    if (right.state === 'judged' && right.slower) {
      open.push({ from: middle, to, change: right.change, direct: true });
      const other = minus(change, right.change);
      if (!isSlower && other.size >= Math.max(smallest, matters / 2)) {
        open.push({ from, to: middle, change: other, direct: false });
      }
      return;
    }
    const second =
      right.state === 'judged' ? right.change : right.state === 'identical' ? NOTHING : undefined;
    if (isSlower) {
      if (second === undefined || second.high >= matters) {
        const doubt = { from: middle, to, change: second ?? rest, direct: false };
        leave(doubt, second ? 'undecided' : 'stopped', 'reason' in right ? right.reason : NOISY);
      }
      return;
    }
    if (second !== undefined && second.high < matters) {
      open.push({ from, to: middle, change: minus(change, second), direct: false });
      return;
    }
    const why =
      right.state === 'unknown' ? 'stopped' : right.state === 'broken' ? 'does not build' : 'undecided';
    leave({ from, to, change, direct: false }, why, 'reason' in right ? right.reason : NOISY);
  }
}

const NOTHING: Change = { size: 0, low: 0, high: 0 };
const NOISY = 'the noise of this machine hides in which half it lies';

/** What is left of a change; the intervals add up, which is more than enough. */
function minus(whole: Change, part: Change): Change {
  return { size: whole.size - part.size, low: whole.low - part.high, high: whole.high - part.low };
}

/** The state nearest to the middle that can be built. */
function middleOf(from: number, to: number, broken: ReadonlyMap<number, string>): number | undefined {
  const centre = (from + to) / 2;
  const inside = Array.from({ length: to - from - 1 }, (_, i) => from + 1 + i).filter(
    (state) => !broken.has(state),
  );
  return inside.sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre) || a - b)[0];
}
