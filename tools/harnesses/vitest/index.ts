import type { Harness } from '../harness.ts';
import { discoverBenchmarks } from './discover.ts';
import { overlayOf } from './overlay/overlay.ts';
import { prepareSide } from './prepare.ts';

/** Benchmarks written with Vitest's API, of version 5 and of those before. */
const vitest: Harness = {
  id: 'vitest',
  title: 'Vitest bench files',
  language: 'typescript',
  isolation: 'benchmark',
  discover: async (projectRoot, options) => discoverBenchmarks(projectRoot, options.files),
  overlay: async (projectRoot, files) => overlayOf(projectRoot, files),
  prepare: prepareSide,
};

export default vitest;
