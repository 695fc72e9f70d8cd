import { posix } from 'node:path';
import { type FindingContext, finding } from '../../kernel/report/finding.ts';
import type { Finding } from '../../kernel/report/schema.ts';
import { clause, count, listed } from '../report/words.ts';
import type { BenchRequest } from '../request.ts';
import type { TouchingCommit, TouchingCommits } from './touching-commits.ts';

const SHOWN = 20;

/** What a list of commits is shown with. */
export interface TableRequest {
  readonly request: Pick<BenchRequest, 'project' | 'dependencies'>;
  /** Path of the workspace below the root of the repository. */
  readonly prefix: string;
  readonly base: string;
  /** Titles of the benchmarks that regressed. */
  readonly titles: readonly string[];
  /** Files that count and are not committed, relative to the repository. */
  readonly uncommitted: readonly string[];
}

/** The commits that touched what regressed benchmarks run, as a finding with a table. Pure. */
export function commitsFinding(
  context: FindingContext,
  { commits, total, notes }: TouchingCommits,
  table: TableRequest,
): Finding {
  const { base, titles, uncommitted } = table;
  const rows = commits.slice(0, SHOWN).map((commit) => rowOf(commit, table));
  if (uncommitted.length > 0) rows.unshift(['not committed', '', '', '', touched(uncommitted, table)]);
  const more = commits.length > SHOWN ? `, the newest ${SHOWN}` : '';
  const what = commits.length === 0 && uncommitted.length === 0 ? 'None' : `${commits.length}`;
  const dirty =
    uncommitted.length > 0
      ? ` So do ${count(uncommitted.length, 'file')} that ${uncommitted.length === 1 ? 'is' : 'are'} not committed.`
      : '';
  return finding(context, {
    id: 'bench/explained',
    severity: 'info',
    message: `${what} of ${count(total, 'commit')} since ${base.slice(0, 9)} ${commits.length === 1 ? 'touches' : 'touch'} what ${listed(titles)} ${titles.length === 1 ? 'runs' : 'run'}: the project, its dependencies, or what both are built with.${dirty}${notes.map((note) => ` ${note}`).join('')}`,
    remedy:
      commits.length > 1
        ? 'Look at them first; --explain=bisect measures which of them it was.'
        : 'Look at it first. Where nothing touches the code, the toolchain or the environment changed.',
    ...(rows.length === 0
      ? {}
      : {
          table: {
            title: `Commits that touched it${more}`,
            columns: ['Commit', 'Date', 'Author', 'Subject', 'Touched'],
            rows,
          },
        }),
    evidence: {
      commits: commits.map((commit) => ({ ...commit, projects: projectsOf(commit.files, table) })),
    },
  });
}

function rowOf(commit: TouchingCommit, table: TableRequest): string[] {
  const merge = commit.parents.length > 1 ? 'merge: ' : '';
  return [
    commit.commit.slice(0, 9),
    dateOf(commit.time),
    clause(commit.author, 24),
    clause(`${merge}${commit.subject}`, 60),
    touched(commit.files, table),
  ];
}

function touched(files: readonly string[], table: TableRequest): string {
  const projects = Object.entries(projectsOf(files, table));
  return listed(projects.map(([name, own]) => `${name} (${count(own.length, 'file')})`));
}

/** Files by the project they belong to; those of none under `workspace`. Pure. */
export function projectsOf(
  files: readonly string[],
  { request, prefix }: Pick<TableRequest, 'request' | 'prefix'>,
): Readonly<Record<string, readonly string[]>> {
  const roots = [request.project, ...request.dependencies]
    .map(({ name, root }) => ({ name, root: posix.join(prefix, root) }))
    .sort((a, b) => b.root.length - a.root.length);
  const found: Record<string, string[]> = {};
  for (const file of files) {
    const owner = roots.find(({ root }) => root === '.' || file.startsWith(`${root}/`));
    const name = owner?.name ?? 'workspace';
    found[name] = [...(found[name] ?? []), file];
  }
  return found;
}

export function dateOf(time: number): string {
  return Number.isFinite(time) && Math.abs(time) < 8.64e15 ? new Date(time).toISOString().slice(0, 10) : '';
}
