import type { Harness } from '../harness.ts';
import { discoverBenchmarkFiles } from './discover.ts';
import { prepareSide } from './prepare.ts';
import { overlaySources } from './test-sources.ts';

/**
 * Benchmarks of JMH in a Maven module. The module is compiled by the user's Maven in a copy of its tree; each process
 * is a JVM as JMH would fork it, in which a driver (see driver/) has JMH's generated code run chunks of exactly N
 * operations. Processes do not take turns on one core: a JVM compiles and cleans up beside the program.
 */
const jmh: Harness = {
  id: 'jmh',
  title: 'Java benchmarks (JMH)',
  language: 'java',
  isolation: 'benchmark',
  discover: (projectRoot, options) => discoverBenchmarkFiles(projectRoot, options.files),
  overlay: overlaySources,
  prepare: (side, files, _options, context) => prepareSide(side, files, context),
};

export default jmh;
