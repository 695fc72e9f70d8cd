export { branchName, headCommit, isShallow, mergeBase, resolveCommit } from './commits.ts';
export { gitEnvironment } from './environment.ts';
export { gitErrors } from './errors.ts';
export { askGit, type GitAnswer, type GitAt, git } from './git.ts';
export { changedPaths, filesAt, isDirty, kindAt, prefix, toplevel, treeHash } from './tree.ts';
export { removeWorktree } from './worktree.ts';
