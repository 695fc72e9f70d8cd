import { askGit, type GitAt, git, isShallow } from '../../kernel/git/index.ts';
import type { Scope } from '../inputs.ts';

/** A commit that changed something that a benchmark runs. */
export interface TouchingCommit {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly author: string;
  /** Milliseconds since the epoch, by the author's clock. */
  readonly time: number;
  /** First line of the message. */
  readonly subject: string;
  /** Relative to the root of the repository. */
  readonly files: readonly string[];
}

export interface TouchingCommits {
  /** Newest first, parents after children. */
  readonly commits: readonly TouchingCommit[];
  /** Commits between base and head, whether they touched anything or not. */
  readonly total: number;
  /** What cannot be seen, one sentence each. */
  readonly notes: readonly string[];
}

/** More commits than this are not listed. */
const MOST_COMMITS = 500;

/**
 * Commits between base and head that changed what counts. Those of merged branches are listed one by one; a merge
 * only where it changed something itself, as the resolution of a conflict does.
 */
export async function touchingCommits(
  at: GitAt,
  base: string,
  head: string,
  scope: Scope,
): Promise<TouchingCommits> {
  const range = [`${base}..${head}`];
  const found = await logOf(at, ['--full-history', '--diff-merges=combined', ...range], scope);
  const total = Number((await git(at, ['rev-list', '--count', ...range])).trim());
  const missing = Number((await git(at, ['rev-list', '--count', `${head}..${base}`])).trim());
  const notes: string[] = [];
  if (found.length >= MOST_COMMITS) notes.push(`Only the newest ${MOST_COMMITS} are listed.`);
  if (missing > 0) {
    notes.push(
      `The base has ${missing} commits that head does not have; that they are missing may be the cause as well.`,
    );
  }
  if (await isShallow(at)) {
    notes.push('The clone is shallow, and commits beyond its cut are not listed (git fetch --unshallow).');
  }
  return { commits: found, total, notes };
}

/**
 * The steps by which head came from a base along its own branch: each merge is one step, against what it was merged
 * into. Oldest first.
 */
export async function mainlineCommits(
  at: GitAt,
  base: string,
  head: string,
  scope: Scope,
): Promise<readonly TouchingCommit[]> {
  const args = ['--first-parent', '--diff-merges=first-parent', `${base}..${head}`];
  return (await logOf(at, args, scope)).toReversed();
}

/** True where two commits hold the same of what counts. */
export async function sameInScope(at: GitAt, a: string, b: string, scope: Scope): Promise<boolean> {
  if (a === b) return true;
  const args = [
    'diff',
    '--name-only',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    a,
    b,
    '--',
    ...pathspecs(scope),
  ];
  const answer = await askGit(at, args);
  const changed = answer.stdout.split('\0').filter((path) => path !== '');
  return answer.code === 0 && !changed.some((path) => counts(path, scope));
}

function counts(path: string, scope: Scope): boolean {
  return scope.counts(path) && !scope.isBenchmark(path);
}

function pathspecs({ paths }: Scope): readonly string[] {
  return paths.map((path) => (path === '' ? '.' : path));
}

async function logOf(at: GitAt, args: readonly string[], scope: Scope): Promise<readonly TouchingCommit[]> {
  const log = await git(at, [
    'log',
    '--topo-order',
    '--name-only',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    '--no-show-signature',
    `--max-count=${MOST_COMMITS}`,
    '--format=%x01%H%x00%P%x00%at%x00%an%x00%s%x00',
    ...args,
    '--',
    ...pathspecs(scope),
  ]);
  return parseLog(log).flatMap((commit) => {
    const files = commit.files.filter((path) => counts(path, scope));
    return files.length === 0 ? [] : [{ ...commit, files }];
  });
}

/** Names and messages may hold any character but NUL; a record is known by its two fields of hashes. */
export function parseLog(log: string): readonly TouchingCommit[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what records begin with
  return log.split(/\x01(?=[0-9a-f]{40,64}\0[0-9a-f ]*\0)/).flatMap((record) => {
    const [commit = '', parents = '', seconds = '', author = '', subject = '', ...rest] = record.split('\0');
    if (!/^[0-9a-f]{40,64}$/.test(commit)) return [];
    const files = rest.map((field) => field.replace(/^\n/, '')).filter((field) => field !== '');
    return [
      {
        commit,
        parents: parents.split(' ').filter((parent) => parent !== ''),
        author,
        time: Number(seconds) * 1000,
        subject,
        files,
      },
    ];
  });
}
