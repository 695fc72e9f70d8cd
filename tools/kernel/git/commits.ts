import { gitErrors } from './errors.ts';
import { askGit, type GitAt, git, withoutLineEnd } from './git.ts';

/**
 * The full name of the commit that a user's text stands for. Never read as an option.
 *
 * @throws AssayError `git/invalid-ref`, `git/no-such-ref`, `git/ambiguous-ref`, `git/not-a-commit`,
 * `git/no-commits`, `git/shallow`, and those of `askGit`
 */
export async function resolveCommit(at: GitAt, ref: string): Promise<string> {
  refuseInvalid(ref);
  const answer = await askGit(at, ['rev-parse', '--verify', `${ref}^{commit}`]);
  if (answer.code === 0) return withoutLineEnd(answer.stdout);
  if (/is ambiguous/.test(answer.stderr)) throw gitErrors.create('git/ambiguous-ref', { ref });
  if (/expected commit type/.test(answer.stderr)) throw gitErrors.create('git/not-a-commit', { ref });
  if (await isUnborn(at)) throw gitErrors.create('git/no-commits', { cwd: at.cwd });
  if (await isShallow(at)) throw gitErrors.create('git/shallow', { ref });
  throw gitErrors.create('git/no-such-ref', { ref, remotes: (await git(at, ['remote'])).trim().split('\n') });
}

/** The commit that is checked out. @throws AssayError `git/no-commits` and those of `askGit` */
export function headCommit(at: GitAt): Promise<string> {
  return resolveCommit(at, 'HEAD');
}

/**
 * Where the histories of two commits part.
 *
 * @throws AssayError `git/unrelated`, `git/shallow-merge-base`, and those of `resolveCommit`
 */
export async function mergeBase(at: GitAt, a: string, b: string): Promise<string> {
  const [left, right] = [await resolveCommit(at, a), await resolveCommit(at, b)];
  const answer = await askGit(at, ['merge-base', left, right]);
  if (answer.code === 0) return withoutLineEnd(answer.stdout);
  const shallow = await isShallow(at);
  throw gitErrors.create(shallow ? 'git/shallow-merge-base' : 'git/unrelated', { a, b });
}

/** Name of the branch that is checked out; empty where HEAD is detached. */
export async function branchName(at: GitAt): Promise<string> {
  const answer = await askGit(at, ['symbolic-ref', '--short', '--quiet', 'HEAD']);
  return answer.code === 0 ? withoutLineEnd(answer.stdout) : '';
}

/** True for a clone that was cut off (`--depth`). */
export async function isShallow(at: GitAt): Promise<boolean> {
  return withoutLineEnd(await git(at, ['rev-parse', '--is-shallow-repository'])) === 'true';
}

async function isUnborn(at: GitAt): Promise<boolean> {
  return (await askGit(at, ['rev-parse', '--verify', '--quiet', 'HEAD'])).code !== 0;
}

function refuseInvalid(ref: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (ref === '' || ref.startsWith('-') || /[\x00-\x1f\x7f]/.test(ref)) {
    throw gitErrors.create('git/invalid-ref', { ref });
  }
}
