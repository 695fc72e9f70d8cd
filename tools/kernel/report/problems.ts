import type { z } from 'zod';

const SHOWN = 5;

/** What a schema found wrong, each with its place: `metrics[3].unit: expected string`. At most five. */
export function problemsOf(error: z.ZodError): string[] {
  const lines = error.issues.slice(0, SHOWN).map((issue) => `${placeOf(issue.path)}: ${issue.message}`);
  const more = error.issues.length - SHOWN;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return place.replace(/^\./, '') || 'the whole';
}
