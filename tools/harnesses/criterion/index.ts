import type { Harness } from '../harness.ts';
import { discoverBenchmarkFiles } from './discover.ts';
import { overlayOf } from './overlay.ts';
import { prepareSide } from './prepare.ts';

/**
 * Benchmarks of the crate criterion. They are compiled by the user's cargo with a crate of ours in criterion's place
 * (`shim/`), which has the same names and runs chunks of exactly N iterations.
 */
const criterion: Harness = {
  id: 'criterion',
  title: 'criterion (Rust)',
  language: 'rust',
  isolation: 'benchmark',
  discover: (projectRoot, options) => discoverBenchmarkFiles(projectRoot, options.files),
  overlay: overlayOf,
  prepare: (side, files, options, context) =>
    prepareSide(side, files, context, options.settings?.general === true),
};

export default criterion;
