import type { Harness } from '../harness.ts';
import { discoverBenchmarkFiles } from './discover.ts';
import { buildTarget } from './go-source.ts';
import { prepareSide } from './prepare.ts';
import { staleTestSources, testSources } from './test-sources.ts';

/**
 * Benchmarks of Go's own `testing` package. A package's tests are compiled to one binary by the user's
 * toolchain, with a driver added to `testing` itself by an overlay (see driver.go.tmpl); each process then
 * runs chunks of exactly N iterations of one benchmark or sub-benchmark.
 */
const goTesting: Harness = {
  id: 'go-testing',
  title: 'Go benchmarks (testing.B)',
  language: 'go',
  isolation: 'benchmark',
  discover: (projectRoot, options) =>
    discoverBenchmarkFiles(
      projectRoot,
      options.files,
      buildTarget(process.env, process.platform, process.arch),
    ),
  overlay: testSources,
  overlayRemove: staleTestSources,
  prepare: (side, files, _options, context) => prepareSide(side, files, context),
};

export default goTesting;
