import type { Finding } from '../../kernel/report/schema.ts';
import { type AcceptedEntry, applyAccepted, type Judged } from '../../kernel/waivers/index.ts';
import type { KnownBenchmarks } from '../known.ts';
import { type Quarantine, quarantineFindings, waiveHeld } from '../quarantine/apply.ts';
import { type FewBenchmarksPolicy, fewBenchmarks } from './few-benchmarks.ts';

/** What a project has accepted and put into quarantine, and what it is wanted to have. */
export interface RunWaivers {
  readonly quarantine: Quarantine;
  readonly known: KnownBenchmarks;
  readonly few: FewBenchmarksPolicy;
  readonly accepted: AcceptedContext;
}

export interface AcceptedContext {
  readonly entries: readonly AcceptedEntry[];
  /** Relative to the workspace. */
  readonly file: string;
  /** Every benchmark of the project is a subject of the Report. */
  readonly whole: boolean;
}

/** Rules whose findings `assay/accepted.json` can waive, by what was compared with. */
const RULES = { base: 'bench/regressed', baseline: 'bench/regressed' } as const;

/** The findings of a run with waivers laid over them, and what is to be said of these. Pure. */
export function withWaivers(judged: Judged, waivers: RunWaivers): Finding[] {
  const { quarantine, known, few, accepted } = waivers;
  const context = { capability: judged.capability, project: judged.project };
  const findings = [
    ...waiveHeld(judged.findings, quarantine),
    ...quarantineFindings(quarantine, judged.subjects, known, context),
    ...fewBenchmarks(known, (subject) => quarantine.holds(subject) !== undefined, few, context),
  ];
  return acceptedFindings({ ...judged, findings }, accepted);
}

/** As `withWaivers`, of a Report that has been written, for what is accepted alone. Pure. */
export function acceptedFindings(judged: Judged, { entries, file, whole }: AcceptedContext): Finding[] {
  return applyAccepted(judged, entries, { rules: RULES, file, whole });
}
