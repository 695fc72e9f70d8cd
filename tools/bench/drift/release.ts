import { askGit, type GitAt, git, isShallow, resolveCommit } from '../../kernel/git/index.ts';
import { driftErrors } from './errors.ts';

/** A release that head contains. */
export interface Release {
  readonly tag: string;
  readonly commit: string;
  /** Commits of head that it does not have. */
  readonly behind: number;
}

/**
 * The newest tag that matches a glob and that head contains; newest by the number of commits between, not by dates.
 * A tag on head itself is the release that is being made, so the one before counts, unless the tree has changes.
 *
 * @throws AssayError `bench/no-release-tag`, `bench/release-not-contained`, `bench/release-in-shallow-clone`,
 * `bench/bad-tag-pattern`, and those of tools/kernel/git
 */
export async function newestRelease(at: GitAt, pattern: string, dirty: boolean): Promise<Release> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (pattern === '' || pattern.startsWith('-') || /[\x00-\x20\x7f]/.test(pattern)) {
    throw driftErrors.create('bench/bad-tag-pattern', { pattern });
  }
  const head = await resolveCommit(at, 'HEAD');
  const own = dirty ? [] : await tagsOn(at, head);
  const args = ['describe', '--tags', '--abbrev=0', '--candidates=100', `--match=${pattern}`];
  // No name of a tag holds a wildcard.
  const found = await askGit(at, [...args, ...own.map((tag) => `--exclude=${tag}`), head]);
  if (found.code !== 0) throw await whyNone(at, pattern, head);
  const tag = found.stdout.trim();
  const commit = await resolveCommit(at, `refs/tags/${tag}`);
  const behind = Number((await git(at, ['rev-list', '--count', `${commit}..${head}`])).trim());
  return { tag, commit, behind };
}

async function whyNone(at: GitAt, pattern: string, head: string) {
  if (await isShallow(at)) return driftErrors.create('bench/release-in-shallow-clone', { pattern });
  const exists = await askGit(at, ['rev-parse', '--verify', '--quiet', `refs/tags/${pattern}^{commit}`]);
  if (exists.code === 0) return driftErrors.create('bench/release-not-contained', { pattern });
  const others = await git(at, ['tag', '--merged', head, '--sort=-creatordate']);
  const names = others.split('\n').filter((name) => name !== '');
  return driftErrors.create('bench/no-release-tag', { pattern, others: names });
}

async function tagsOn(at: GitAt, commit: string): Promise<readonly string[]> {
  const tags = await git(at, ['tag', '--points-at', commit]);
  return tags.split('\n').filter((name) => name !== '');
}
