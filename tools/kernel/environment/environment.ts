import type { Environment } from '../report/schema.ts';
import { type MachineClass, machineClass } from './machine.ts';

/** What the run itself knows; the machine is read. */
export interface RunFacts {
  /** Versions by name: `{ node: '24.21.0', python: '3.12.4' }`. */
  readonly runtimes: Readonly<Record<string, string>>;
  /** Versions of harnesses and other tools by name. */
  readonly tools: Readonly<Record<string, string>>;
  readonly commit: string;
  readonly dirty: boolean;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** Hash by which Nx caches this task (`NX_TASK_HASH`); empty outside Nx. */
  readonly taskHash?: string;
  readonly machine?: MachineClass;
}

/** The Report's `environment`: where, with what and on which state of the code was measured. */
export function environmentOf(facts: RunFacts): Environment {
  const machine = facts.machine ?? machineClass();
  return {
    machine: machine.machine,
    cpu: machine.cpu,
    cores: machine.cores,
    memoryBytes: machine.memoryBytes,
    os: machine.os,
    ...(machine.container === '' ? {} : { container: machine.container }),
    runtimes: { ...facts.runtimes },
    tools: { ...facts.tools },
    commit: facts.commit,
    dirty: facts.dirty,
    taskHash: facts.taskHash ?? process.env.NX_TASK_HASH ?? '',
    startedAt: facts.startedAt.toISOString(),
    durationMs: Math.round(facts.durationMs),
  };
}
