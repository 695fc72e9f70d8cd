import type { FindingContext } from '../../kernel/report/finding.ts';
import type { Finding } from '../../kernel/report/schema.ts';
import type { Release } from '../drift/release.ts';
import type { BenchmarkOutcome } from '../outcome.ts';

/** What every finding of a bench run shares. */
export interface BenchFindingContext extends FindingContext {
  /** `<project>:<target>`. */
  readonly target: string;
  readonly baseRef: string;
  /** The base is this release. */
  readonly release?: Release;
}

/** What accepts it. Quoted for a shell, as far as a title can be. */
export function acceptCommand({ title }: BenchmarkOutcome, { target, baseRef }: BenchFindingContext): string {
  const base = baseRef ? ` --base=${baseRef.slice(0, 12)}` : '';
  const quoted = /^[\w.-]+$/.test(title) ? title : `'${title.replace(/'/g, `'\\''`)}'`;
  return `npx nx run ${target}${base} --accept=${quoted} --reason='…'`;
}

/** Where the benchmark stands. */
export function location(outcome: BenchmarkOutcome): NonNullable<Finding['location']> {
  return { file: outcome.file, ...(outcome.line === undefined ? {} : { line: outcome.line }) };
}

/** The command that measures it alone. */
export function reproduce(outcome: BenchmarkOutcome, context: BenchFindingContext): string[] {
  const filter = `^${outcome.subject.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
  const base = context.release
    ? ['--drift']
    : context.baseRef
      ? [`--base=${context.baseRef.slice(0, 12)}`]
      : [];
  return ['npx', 'nx', 'run', context.target, ...base, `--filter=${filter}`];
}
