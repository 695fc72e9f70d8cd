import type { Language } from '../language.ts';
import { shareDependencies } from './install.ts';
import { lockfilesOf } from './manifests.ts';
import { sideEnvironment } from './side-environment.ts';
import { pythonToolchain } from './toolchain.ts';

const python: Language = {
  id: 'python',
  title: 'Python',
  toolchain: pythonToolchain,
  lockfiles: async (projectRoot, workspaceRoot) => lockfilesOf(projectRoot, workspaceRoot),
  shareDependencies,
  environment: (side, other, context) => sideEnvironment(side, other, context),
};

export default python;
