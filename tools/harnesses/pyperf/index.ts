import { join } from 'node:path';
import { findBenchmarkFiles } from '../../languages/python/benchmark-files.ts';
import { overlayOf } from '../../languages/python/overlay-files.ts';
import { preparePython } from '../../languages/python/prepare-files.ts';
import type { Harness } from '../harness.ts';

const IMPORTS_PYPERF = /^[ \t]*(?:import[ \t]+(?:.*,[ \t]*)?pyperf\b|from[ \t]+pyperf\b)/m;
const MAKES_RUNNER = /\bRunner[ \t]*\(/;
const FILE_NAME = /^(?:(?:bench|benchmark|perf)s?_.*|.*_(?:bench|benchmark|perf)s?|benchmarks?)\.py$/;

/** Scripts with `pyperf.Runner()`, driven in chunks by a Runner of ours. */
const pyperf: Harness = {
  id: 'pyperf',
  title: 'pyperf',
  language: 'python',
  // As pyperf itself has it: a script runs from top to bottom, and every benchmark has its own processes.
  isolation: 'benchmark',
  discover: async (projectRoot, options) =>
    findBenchmarkFiles(
      projectRoot,
      { name: FILE_NAME, content: (text) => IMPORTS_PYPERF.test(text) && MAKES_RUNNER.test(text) },
      options.files,
    ),
  overlay: async (projectRoot, files) => overlayOf(projectRoot, files),
  prepare: (side, files, options, context) =>
    preparePython(
      {
        program: join(import.meta.dirname, 'driver.py'),
        packages: ['pyperf'],
        extra: () => ({}),
        nothing: 'it names no benchmark: no method of a pyperf.Runner is called when it runs as a script',
      },
      side,
      files,
      options,
      context,
    ),
};

export default pyperf;
