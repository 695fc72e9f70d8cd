import { relative } from 'node:path';
import type { Language } from '../language.ts';
import { lockfilesAbove } from './lockfiles.ts';
import { shareModules } from './share.ts';

/** TypeScript and JavaScript, run by the Node that runs us. */
const typescript: Language = {
  id: 'typescript',
  title: 'TypeScript and JavaScript',
  toolchain: async () => ({
    state: 'found',
    command: process.execPath,
    version: process.versions.node,
    tools: { node: process.versions.node, v8: process.versions.v8 },
  }),
  lockfiles: async (projectRoot, workspaceRoot) =>
    lockfilesAbove(projectRoot).map(({ folder, name }) =>
      [relative(workspaceRoot, folder).replaceAll('\\', '/'), name].filter((part) => part !== '').join('/'),
    ),
  shareDependencies: shareModules,
  // NODE_PATH would let one side find packages of the other; NODE_OPTIONS of a parent (a debugger, a test
  // runner) would measure that parent's hooks.
  environment: async () => ({ NODE_PATH: undefined, NODE_OPTIONS: undefined }),
};

export default typescript;
