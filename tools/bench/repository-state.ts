import { type AssayError, isAssayError } from '../kernel/errors/assay-error.ts';
import { branchName, headCommit, isDirty } from '../kernel/git/index.ts';
import type { RunProcess } from '../kernel/process/types.ts';
import { openRepository, type Repository } from './inputs.ts';

/** What git says of the tree that is measured; all empty where there is no repository. */
export interface RepositoryState {
  readonly repository: Repository | undefined;
  /** Why there is none, or no commit in it. */
  readonly problem?: AssayError;
  readonly commit: string;
  readonly dirty: boolean;
  readonly branch: string;
}

/** Reads the state of the tree. A workspace outside of git, or without a commit yet, can be measured too. */
export async function repositoryState(workspaceRoot: string, run: RunProcess): Promise<RepositoryState> {
  try {
    const repository = await openRepository(workspaceRoot, run);
    const branch = await branchName(repository.at);
    const commit = await orProblem(headCommit(repository.at));
    if (typeof commit !== 'string') return { repository, problem: commit, commit: '', dirty: false, branch };
    return { repository, commit, dirty: await isDirty(repository.at), branch };
  } catch (error) {
    if (!isAssayError(error)) throw error;
    return { repository: undefined, problem: error, commit: '', dirty: false, branch: '' };
  }
}

async function orProblem(commit: Promise<string>): Promise<string | AssayError> {
  try {
    return await commit;
  } catch (error) {
    if (isAssayError(error)) return error;
    throw error;
  }
}
