import { ciActor } from '../environment/ci-actor.ts';
import { askGit, type GitAt } from '../git/git.ts';
import { waiverErrors } from './errors.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Who runs this: as git would name the author of a commit, else whom the CI names.
 *
 * @returns `Name <address>`, or as much of it as is known
 * @throws AssayError `accepted/author-missing`, and those of `askGit`
 */
export async function authorOf(at: GitAt, env: Env): Promise<string> {
  const name = lineOf(env.GIT_AUTHOR_NAME) || (await configOf(at, 'user.name'));
  const address = lineOf(env.GIT_AUTHOR_EMAIL) || (await configOf(at, 'user.email'));
  const author = name && address ? `${name} <${address}>` : name || address || lineOf(ciActor(env));
  if (author === '') throw waiverErrors.create('accepted/author-missing', {});
  return author;
}

async function configOf(at: GitAt, key: string): Promise<string> {
  const { code, stdout } = await askGit(at, ['config', '--get', key]);
  return code === 0 ? lineOf(stdout) : '';
}

function lineOf(text: string | undefined): string {
  return (text ?? '').trim().replace(/\s+/g, ' ');
}
