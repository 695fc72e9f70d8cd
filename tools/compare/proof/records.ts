import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Verdict } from '../types.ts';

/** One comparison of a proof: what was true, what was said, and what others say of the same samples. */
export interface ProofRecord {
  readonly schema: 'nx-assay/proof@1';
  readonly language: string;
  readonly truth: number;
  readonly margin: number;
  readonly verdict: Verdict;
  readonly ratio: number;
  readonly interval: readonly [number, number];
  /** Smallest change that the plan promised to find, before measuring; absent where it promised nothing. */
  readonly promised?: number;
  readonly detectable?: number;
  readonly pairs: number;
  readonly seconds: number;
  /** Whether the others call the difference of the very same samples a change for the worse or the better. */
  readonly peers: Readonly<Record<string, boolean | undefined>>;
}

/** Lines of earlier runs; a line cut short by a kill is left out. */
export function readRecords(file: string): ProofRecord[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const record = JSON.parse(line) as ProofRecord;
        return record.schema === 'nx-assay/proof@1' ? [record] : [];
      } catch {
        return [];
      }
    });
}

export function appendRecord(file: string, record: ProofRecord): void {
  appendFileSync(file, `${JSON.stringify(record)}\n`);
}
