import { benchmarkGlobs } from '../facts/conventions.ts';
import { pinGlobs } from '../facts/pins.ts';

/**
 * All that inference reacts to: manifests, lockfiles, `assay/` and files whose name may show a benchmark.
 * One pattern that starts with `**` matches at the root too.
 */
export const NODES_GLOB = `**/{${[
  'package.json',
  'project.json',
  'pnpm-workspace.yaml',
  'lerna.json',
  'assay/*.{json,yaml}',
  ...pinGlobs,
  ...benchmarkGlobs,
].join(',')}}`;
