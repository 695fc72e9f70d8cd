import type { Finding, Waiver } from '../kernel/report/schema.ts';
import { formatChange, formatValue } from './number.ts';

/**
 * Beside a verdict: `accepted up to +9.4 %`, `in quarantine until 2026-12-31`. Not escaped.
 *
 * @param metric id of the metric that is shown, whose bound it is
 */
export function waiverWord({ kind, bounds = [], expires }: Waiver, metric = ''): string {
  if (kind === 'accepted') {
    const bound = bounds.find((one) => metric.endsWith(`#${one.metric}`)) ?? bounds[0];
    return bound === undefined ? 'accepted' : `accepted up to ${boundText(bound)}`;
  }
  const until = expires === undefined ? '' : ` until ${expires}`;
  return `${kind === 'quarantined' ? 'in quarantine' : 'waived'}${until}`;
}

/** The waiver that covers a finding; not that of one which merely tells of a waiver, and says all of it itself. */
export function coverOf({ severity, waiver }: Finding): Waiver | undefined {
  return severity === 'info' ? undefined : waiver;
}

/** What must be looked at first, what is waived and what is only told last; otherwise as they come. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const rank = (one: Finding): number => (coverOf(one) ? 2 : { error: 0, warning: 1, info: 3 }[one.severity]);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

/** Who, when and why, for the finding that it covers. Not escaped. */
export function waiverLine(waiver: Waiver): string {
  const when = waiver.date === undefined ? '' : `, ${waiver.date}`;
  return `${waiverWord(waiver)} (${waiver.owner}${when}): ${waiver.reason}`;
}

function boundText({ ratio, value, unit }: NonNullable<Waiver['bounds']>[number]): string {
  return ratio === undefined ? formatValue(value, unit ?? '') : formatChange(ratio);
}
