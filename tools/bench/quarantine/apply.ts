import { errorFinding, type FindingContext, finding } from '../../kernel/report/finding.ts';
import type { Finding, Subject, Waiver } from '../../kernel/report/schema.ts';
import { hasExpired } from '../../kernel/waivers/expiry.ts';
import type { KnownBenchmarks } from '../known.ts';
import type { QuarantineEntry } from './entries.ts';
import { quarantineErrors } from './errors.ts';

type Written = Extract<QuarantineEntry, { state: 'written' }>;

/** What of `quarantine` holds on a day. */
export interface Quarantine {
  /** The entry that holds a benchmark, if any. */
  readonly holds: (subject: string) => Written | undefined;
  readonly active: readonly Written[];
  readonly entries: readonly QuarantineEntry[];
  readonly today: string;
}

/** @param today UTC, such as 2026-01-31 */
export function quarantineOn(entries: readonly QuarantineEntry[], today: string): Quarantine {
  const active = entries.filter(
    (entry): entry is Written => entry.state === 'written' && !hasExpired(entry.expires, today),
  );
  return { holds: (subject) => active.find(({ names }) => names(subject)), active, entries, today };
}

/**
 * What a run says of its quarantine: entries that expired or are malformed (errors), entries that name nothing
 * (warnings), and each benchmark that is held, with its waiver. Pure.
 */
export function quarantineFindings(
  quarantine: Quarantine,
  subjects: readonly Subject[],
  known: KnownBenchmarks,
  context: FindingContext,
): readonly Finding[] {
  const verdicts = new Map(subjects.map(({ id, verdict }) => [id, verdict]));
  const ids = [...new Set([...verdicts.keys(), ...known.all.map(({ id }) => id)])];
  const unmatched = known.complete
    ? quarantine.active.filter(({ names }) => !ids.some((id) => names(id)))
    : [];
  return [
    ...lapsedFindings(quarantine, context),
    ...unmatched.map(({ benchmark, owner }) => {
      const error = quarantineErrors.create('bench/quarantine-unmatched', {
        benchmark: `'${benchmark}'`,
        owner,
      });
      return errorFinding(context, error, 'warning', benchmark);
    }),
    ...ids.flatMap((id) => {
      const entry = quarantine.holds(id);
      return entry ? [held(id, verdicts.get(id), entry, context)] : [];
    }),
  ];
}

/** Entries that do not hold, whatever was measured: they are told on every path. */
export function lapsedFindings({ entries, today }: Quarantine, context: FindingContext): readonly Finding[] {
  return entries.flatMap((entry) => {
    const problem = problemOf(entry, today);
    if (problem === undefined) return [];
    const benchmark = entry.state === 'written' ? `'${entry.benchmark}'` : entry.benchmark;
    const error = quarantineErrors.create('bench/quarantine-expired', { benchmark, problem });
    const owner = entry.state === 'written' ? { owner: entry.owner } : {};
    return [{ ...errorFinding(context, error, 'error', benchmark), ...owner }];
  });
}

/** Waives the errors of benchmarks that are held. */
export function waiveHeld(findings: readonly Finding[], { holds }: Quarantine): readonly Finding[] {
  return findings.map((one) => {
    const entry = one.subject === undefined || one.severity !== 'error' ? undefined : holds(one.subject);
    return entry ? { ...one, waiver: waiverOf(entry) } : one;
  });
}

function problemOf(entry: QuarantineEntry, today: string): string | undefined {
  if (entry.state === 'malformed') return `is malformed: ${entry.problems.join('; ')}`;
  return hasExpired(entry.expires, today)
    ? `expired on ${entry.expires} (owner ${entry.owner}, reason: ${entry.reason.replace(/\.$/, '')})`
    : undefined;
}

function held(
  subject: string,
  verdict: Subject['verdict'] | undefined,
  entry: Written,
  context: FindingContext,
): Finding {
  const { owner, expires, reason } = entry;
  const counts = verdict === undefined ? 'and was not measured' : `so that '${verdict}' does not count`;
  return finding(context, {
    id: 'bench/quarantined',
    severity: 'info',
    subject,
    message: `${subject} is in quarantine until the end of ${expires}, ${counts} (owner ${owner}: ${reason.replace(/\.$/, '')}).`,
    remedy: `${owner}: mend it and delete its entry from "quarantine" of assay/bench.json before then.`,
    owner,
    waiver: waiverOf(entry),
  });
}

function waiverOf({ reason, owner, expires }: Written): Waiver {
  return { kind: 'quarantined', reason, owner, expires };
}
