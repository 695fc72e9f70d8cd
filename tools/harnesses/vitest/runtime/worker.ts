import { readFileSync } from 'node:fs';
import type { DriverRequest } from '../../protocol.ts';
import { type Emit, openEvents } from './events.ts';

/** What a worker of Vitest needs to take part: the request, and where to write. */
export function joinRequest(): { request: DriverRequest; emit: Emit } {
  const request: DriverRequest = JSON.parse(readFileSync(process.env.ASSAY_REQUEST ?? '', 'utf8'));
  return { request, emit: openEvents(request.eventsPath) };
}

/** Text of a failure with the first frame in the user's code; Vitest's stacks are mapped already. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frame = /\(?((?:file:\/\/)?\/[^()\n]+:\d+):\d+\)?/.exec(
    error.stack?.split('\n').slice(1).join('\n') ?? '',
  )?.[1];
  return `${error.name}: ${error.message}${frame ? ` (${frame.replace('file://', '')})` : ''}`;
}
