import type { Language } from '../language.ts';
import { goLockfiles } from './manifests.ts';
import { shareModules } from './share-modules.ts';
import { sideEnvironment } from './side-environment.ts';
import { findGo } from './toolchain.ts';

/** Go modules and workspaces. Relative `use` and `replace` paths lead into each side's own tree by themselves. */
const go: Language = {
  id: 'go',
  title: 'Go',
  toolchain: (projectRoot, _workspaceRoot, context) => findGo(projectRoot, context),
  lockfiles: goLockfiles,
  shareDependencies: (base, head, context) =>
    shareModules(base, sideEnvironment(base, head, process.env), context),
  environment: (side, other) => Promise.resolve(sideEnvironment(side, other, process.env)),
};

export default go;
