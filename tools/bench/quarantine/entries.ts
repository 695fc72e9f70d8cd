import type { z } from 'zod';
import { problemsOf } from '../../kernel/report/problems.ts';
import { quarantineEntrySchema } from '../config.ts';

/** An entry of `quarantine` as it is written: a mistake in one must not take the others, or the run, away. */
export type QuarantineEntry =
  | {
      readonly state: 'written';
      readonly benchmark: string;
      readonly reason: string;
      readonly owner: string;
      /** Last day (UTC) on which it holds. */
      readonly expires: string;
      readonly names: (subject: string) => boolean;
    }
  | {
      readonly state: 'malformed';
      /** As far as it can be told. */
      readonly benchmark: string;
      readonly problems: readonly string[];
    };

/** Reads the entries one by one. Pure. */
export function quarantineEntries(raw: readonly unknown[]): readonly QuarantineEntry[] {
  return raw.map((value, index) => {
    const parsed = quarantineEntrySchema.safeParse(value);
    if (!parsed.success) return malformed(value, index, parsed.error);
    return { state: 'written', ...parsed.data, names: namesOf(parsed.data.benchmark) };
  });
}

function malformed(value: unknown, index: number, error: z.ZodError): QuarantineEntry {
  const written =
    typeof value === 'object' && value !== null && 'benchmark' in value ? value.benchmark : undefined;
  const benchmark =
    typeof written === 'string' && written !== '' ? `'${written}'` : `something (entry ${index + 1})`;
  return { state: 'malformed', benchmark, problems: problemsOf(error) };
}

/** An id stands for itself, also where it is no regular expression: ids hold brackets and question marks. */
function namesOf(benchmark: string): (subject: string) => boolean {
  const pattern = patternOf(benchmark);
  return (subject) => subject === benchmark || (pattern?.test(subject) ?? false);
}

function patternOf(source: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, flags);
    } catch {
      // An escape that the strict mode refuses; or no regular expression at all.
    }
  }
  return undefined;
}
