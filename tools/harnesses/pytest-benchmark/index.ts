import { join } from 'node:path';
import { findBenchmarkFiles } from '../../languages/python/benchmark-files.ts';
import { overlayOf } from '../../languages/python/overlay-files.ts';
import { preparePython } from '../../languages/python/prepare-files.ts';
import type { Harness } from '../harness.ts';

/** A function that takes the fixture; parameters may go over several lines. */
const TAKES_FIXTURE = /^[ \t]*(?:async[ \t]+)?def[ \t]+\w+[ \t]*\([^)]*\bbenchmark(?:_weave)?\b/m;

const FILE_NAME =
  /^(?:(?:test|bench|benchmark|perf)s?_.*|.*_(?:test|bench|benchmark|perf)s?|benchmarks?)\.py$/;

/** Benchmarks written for pytest-benchmark, driven in chunks by a fixture of ours. */
const pytestBenchmark: Harness = {
  id: 'pytest-benchmark',
  title: 'pytest-benchmark',
  language: 'python',
  isolation: 'file',
  discover: async (projectRoot, options) =>
    findBenchmarkFiles(
      projectRoot,
      { name: FILE_NAME, content: (text) => TAKES_FIXTURE.test(text) },
      options.files,
    ),
  overlay: async (projectRoot, files) => overlayOf(projectRoot, files),
  prepare: (side, files, options, context) =>
    preparePython(
      {
        program: join(import.meta.dirname, 'driver.py'),
        packages: ['pytest', 'pytest-benchmark'],
        extra: (scratch) => ({ pluginsPath: join(scratch, 'pytest-plugins.json') }),
        nothing: 'pytest collects no test from it that takes the `benchmark` fixture',
      },
      side,
      files,
      options,
      context,
    ),
};

export default pytestBenchmark;
