import type { MachineTraits } from './machine.ts';

/** Machines after measurements on real ones: what each is made of is what was seen there. */
export const MACHINES = {
  /** Bare metal with nothing else on it. */
  quiet: {
    jitter: 0.005,
    layout: 0.004,
    phases: [],
    spikes: { every: 40, factor: 1.3 },
    warmup: { size: 0.5, chunks: 4 },
  },
  /** Shared virtual machine: speed toggles by 1.3 to 2 in phases from milliseconds to seconds. */
  toggling: {
    jitter: 0.01,
    layout: 0.006,
    phases: [
      { factor: 1.6, slowMs: 4, fastMs: 8 },
      { factor: 1.35, slowMs: 60, fastMs: 120 },
      { factor: 1.3, slowMs: 1500, fastMs: 3000 },
    ],
    spikes: { every: 40, factor: 1.5 },
    warmup: { size: 0.5, chunks: 4 },
    driftPerHour: 0.2,
  },
  /** Quiet, yet each process has a level of its own, now and then a far one. */
  layout: {
    jitter: 0.005,
    layout: 0.05,
    phases: [],
    spikes: { every: 40, factor: 1.3 },
    tail: { every: 15, shape: 4 },
    warmup: { size: 0.5, chunks: 4 },
  },
  /** Neighbours that hold the machine for seconds, half of the time. */
  busy: {
    jitter: 0.03,
    layout: 0.02,
    phases: [
      { factor: 2, slowMs: 20, fastMs: 20 },
      { factor: 1.7, slowMs: 2500, fastMs: 2500 },
    ],
    spikes: { every: 20, factor: 3 },
    tail: { every: 10, shape: 3 },
    warmup: { size: 1, chunks: 10 },
    driftPerHour: 1,
  },
} as const satisfies Record<string, MachineTraits>;

export type MachineName = keyof typeof MACHINES;
