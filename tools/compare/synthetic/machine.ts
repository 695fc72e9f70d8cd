import { gaussian, type Random, seededRandom } from '../../kernel/statistics/index.ts';

/** Noise of a machine whose truth is known. All standard deviations are of logarithms. */
export interface MachineTraits {
  /** Jitter of each chunk. */
  readonly jitter: number;
  /** Level of each process for its whole life: layout of code and heap. */
  readonly layout: number;
  /** Speed phases, several kinds at once: slow by `factor` for about `slowMs`, then full speed for about `fastMs`. */
  readonly phases: readonly { readonly factor: number; readonly slowMs: number; readonly fastMs: number }[];
  /** A chunk in `every` (at random) takes `factor` times as long: collections of garbage. */
  readonly spikes?: { readonly every: number; readonly factor: number };
  /** A process in `every` has a level drawn from a Pareto tail: a heavy tail between processes. */
  readonly tail?: { readonly every: number; readonly shape: number };
  /** The first chunks are slower by `size`, which fades with `chunks`. */
  readonly warmup?: { readonly size: number; readonly chunks: number };
  /** Everything gets slower by this share in an hour. */
  readonly driftPerHour?: number;
  /** Recorded on a real machine and replayed from a random place on, over and over; see record-noise.ts. */
  readonly trace?: { readonly stepMs: number; readonly factors: readonly number[] };
}

interface Phase {
  readonly slow: boolean;
  readonly endsAtMs: number;
}

function exponential(random: Random, meanMs: number): number {
  return -Math.log(1 - random()) * meanMs;
}

/** A machine with a virtual clock: it takes no time to wait for it, and it repeats itself for the same seed. */
export class Machine {
  readonly traits: MachineTraits;
  readonly random: Random;
  private nowMs = 0;
  private readonly phases: Phase[];
  /** Where in the trace this machine begins, milliseconds. */
  private readonly traceFromMs: number;

  constructor(traits: MachineTraits, seed: number) {
    this.traits = traits;
    this.random = seededRandom(seed);
    const { stepMs = 0, factors = [] } = traits.trace ?? {};
    this.traceFromMs = traits.trace === undefined ? 0 : this.random() * stepMs * factors.length;
    this.phases = traits.phases.map(({ slowMs, fastMs }) => {
      const slow = this.random() < slowMs / (slowMs + fastMs);
      return { slow, endsAtMs: exponential(this.random, slow ? slowMs : fastMs) };
    });
  }

  /** Virtual milliseconds. */
  readonly clock = (): number => this.nowMs;

  /** Idles. */
  wait(ms: number): void {
    this.nowMs += ms;
  }

  /** How much slower than at its best the machine is right now, and until when that holds. */
  private pace(): { factor: number; untilMs: number } {
    let factor = 1 + ((this.traits.driftPerHour ?? 0) * this.nowMs) / 3_600_000;
    let untilMs = Number.POSITIVE_INFINITY;
    for (const [i, trait] of this.traits.phases.entries()) {
      let phase = this.phases[i] as Phase;
      while (phase.endsAtMs <= this.nowMs) {
        const slow = !phase.slow;
        const lasts = exponential(this.random, slow ? trait.slowMs : trait.fastMs);
        phase = { slow, endsAtMs: phase.endsAtMs + lasts };
        this.phases[i] = phase;
      }
      if (phase.slow) factor *= trait.factor;
      untilMs = Math.min(untilMs, phase.endsAtMs);
    }
    const { trace } = this.traits;
    if (trace !== undefined) {
      const step = Math.floor((this.traceFromMs + this.nowMs) / trace.stepMs);
      factor *= trace.factors[step % trace.factors.length] ?? 1;
      // A hair later: the next look must fall into the next step.
      untilMs = Math.min(untilMs, (step + 1) * trace.stepMs - this.traceFromMs + 1e-9);
    }
    return { factor, untilMs };
  }

  /** Does work that takes `workMs` at full speed; returns the milliseconds that it took. */
  work(workMs: number): number {
    const from = this.nowMs;
    let left = workMs;
    while (left > 0) {
      const { factor, untilMs } = this.pace();
      const full = left * factor;
      if (this.nowMs + full <= untilMs) {
        this.nowMs += full;
        break;
      }
      left -= (untilMs - this.nowMs) / factor;
      this.nowMs = untilMs;
    }
    return this.nowMs - from;
  }

  /** Level of a fresh process. */
  processLevel(): number {
    let level = this.traits.layout === 0 ? 1 : Math.exp(this.traits.layout * gaussian(this.random));
    const { tail } = this.traits;
    if (tail !== undefined && this.random() < 1 / tail.every) {
      level *= Math.min(5, (1 - this.random()) ** (-1 / tail.shape));
    }
    return level;
  }

  /** Factor of the n-th chunk of a process. */
  chunkFactor(n: number): number {
    const { jitter, spikes, warmup } = this.traits;
    let factor = jitter === 0 ? 1 : Math.exp(jitter * gaussian(this.random));
    if (spikes !== undefined && this.random() < 1 / spikes.every) factor *= spikes.factor;
    if (warmup !== undefined) factor *= 1 + warmup.size * Math.exp(-n / warmup.chunks);
    return factor;
  }
}
