import { openSync, writeSync } from 'node:fs';
import type { DriverEvent } from '../../protocol.ts';

export type Emit = (event: DriverEvent) => void;

/** Appends events to a file, each written at once: what was written survives a kill. */
export function openEvents(path: string): Emit {
  const file = openSync(path, 'a');
  return (event) => {
    writeSync(file, `${JSON.stringify(event)}\n`);
  };
}
