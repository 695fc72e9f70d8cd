import type { Language } from '../language.ts';
import { lendJmh } from './lend-jmh.ts';
import { javaLockfiles } from './lockfiles.ts';
import { findJava } from './toolchain.ts';

/**
 * Java with Maven. Third-party artefacts are shared by nature: both sides read the one local repository, and a build
 * fetches what that lacks. Modules of the tree are built together, each side's in its own copy (see build-modules.ts).
 */
const java: Language = {
  id: 'java',
  title: 'Java',
  toolchain: findJava,
  lockfiles: javaLockfiles,
  shareDependencies: lendJmh,
  // Maven and our launcher name their class paths; an inherited one could only lead astray.
  environment: () => Promise.resolve({ CLASSPATH: undefined }),
};

export default java;
