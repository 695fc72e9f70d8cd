import type { Prepared, PreparedFile } from '../../harnesses/harness.ts';
import type { PairRequest, PairResult } from '../../harnesses/turns.ts';
import type { MeasureContext } from './context.ts';

/** How to drive two sides of one file in turns; nothing where the machine, the harness or the user is against it. */
export function inTurns(
  context: MeasureContext,
  files: Readonly<Record<'base' | 'head', PreparedFile | undefined>>,
  drives: Readonly<Record<'base' | 'head', Prepared['drive']>>,
): { readonly driveInTurns?: (pair: PairRequest) => Promise<PairResult> } {
  const { turnstile, settings } = context;
  const able = (file: PreparedFile | undefined) => file?.state === 'ready' && file.takesTurns === true;
  if (settings.config.turns === false || !turnstile || !able(files.base) || !able(files.head)) return {};
  return { driveInTurns: (pair) => turnstile.drive(drives, pair) };
}
