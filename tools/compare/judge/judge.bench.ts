import { test } from 'vitest';
import { judgePolicy } from '../policy.ts';
import { syntheticSamples } from '../synthetic/samples.ts';
import { judge } from './judge.ts';

const policy = judgePolicy();
const samples = syntheticSamples(
  { role: 'main', pairs: 24, ratio: 1.1, chunks: 80, seed: 1 },
  { role: 'confirm', pairs: 15, ratio: 1.1, chunks: 80, seed: 2 },
);

test('judging one benchmark', async ({ bench }) => {
  await bench('judge 39 pairs of 80 chunks', () => judge(samples, policy)).run();
});
