import { recordingsErrors } from './errors.ts';
import type { RecordedMachine } from './recording.ts';

/** What two recordings say of their machines. `unknown`: one of them says nothing that the other says too. */
export type SameMachine =
  | { readonly state: 'same' }
  | { readonly state: 'unknown' }
  | { readonly state: 'different'; readonly what: string; readonly base: string; readonly head: string };

/** Facts that tell one machine from another. A difference in any of them is another machine. */
export function compareMachines(base: RecordedMachine, head: RecordedMachine): SameMachine {
  const shared = Object.keys(base).filter((key) => Object.hasOwn(head, key));
  const what = shared.find((key) => base[key] !== head[key]);
  if (what !== undefined) {
    return { state: 'different', what, base: base[what] ?? '', head: head[what] ?? '' };
  }
  return { state: shared.some((key) => key === 'cpu' || key === 'host') ? 'same' : 'unknown' };
}

/**
 * Machine of a file whose parts each name one.
 *
 * @throws AssayError `recordings/two-machines`
 */
export function oneMachine(parts: readonly RecordedMachine[], path: string): RecordedMachine {
  const machine: Record<string, string> = {};
  for (const part of parts) {
    for (const [what, value] of Object.entries(part)) {
      const known = machine[what];
      if (known !== undefined && known !== value) {
        const values = `'${known}' and '${value}'`;
        throw recordingsErrors.create('recordings/two-machines', { path, what, values });
      }
      machine[what] = value;
    }
  }
  return machine;
}

/** Facts without those that the file leaves empty. */
export function machineFacts(facts: Readonly<Record<string, unknown>>): RecordedMachine {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([key, value]) => {
      const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
      return text === '' ? [] : [[key, text]];
    }),
  );
}
