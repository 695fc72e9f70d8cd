import { isAssayError } from '../kernel/errors/assay-error.ts';
import { branchName, headCommit, isDirty } from '../kernel/git/index.ts';
import type { RunProcess } from '../kernel/process/types.ts';
import { openRepository, type Repository } from './inputs.ts';

/** What git says of the tree that is measured; all empty where there is no repository. */
export interface RepositoryState {
  readonly repository: Repository | undefined;
  readonly commit: string;
  readonly dirty: boolean;
  readonly branch: string;
}

/** Reads the state of the tree. A workspace outside of git, or without a commit yet, can be measured too. */
export async function repositoryState(workspaceRoot: string, run: RunProcess): Promise<RepositoryState> {
  try {
    const repository = await openRepository(workspaceRoot, run);
    const commit = await headCommit(repository.at).catch(() => '');
    const dirty = commit !== '' && (await isDirty(repository.at));
    return { repository, commit, dirty, branch: await branchName(repository.at) };
  } catch (error) {
    if (isAssayError(error)) return { repository: undefined, commit: '', dirty: false, branch: '' };
    throw error;
  }
}
