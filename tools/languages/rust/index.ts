import type { Language } from '../language.ts';
import { lendLockfile } from './lend-lockfile.ts';
import { rustLockfiles } from './manifests.ts';
import { sideEnvironment } from './side-environment.ts';
import { findRust } from './toolchain.ts';

/** Cargo packages and workspaces. Relative path dependencies lead into each side's own tree by themselves. */
const rust: Language = {
  id: 'rust',
  title: 'Rust',
  toolchain: (projectRoot, _workspaceRoot, context) => findRust(projectRoot, context),
  lockfiles: rustLockfiles,
  shareDependencies: lendLockfile,
  environment: (side, other, context) => sideEnvironment(side, other, process.env, context),
};

export default rust;
