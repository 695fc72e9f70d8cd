import { test } from 'vitest';
import { gaussian, hodgesLehmann, seededRandom, signedRank, steadyState } from './index.ts';

const random = seededRandom(1);
const untied = Array.from({ length: 40 }, () => 0.01 + 0.05 * gaussian(random));
const tied = untied.map((value) => Math.round(value * 50) / 50);
const runs = Array.from({ length: 6 }, () =>
  Array.from({ length: 160 }, (_, i) => 1 + Math.exp(-i / 8) + 0.01 * random()),
);

test('exact signed-rank test of 40 pairs', async ({ bench }) => {
  await bench('signed-rank, untied', () => signedRank(untied, 'two-sided', 0.5)).run();
  await bench('signed-rank, tied', () => signedRank(tied, 'two-sided', 0.5)).run();
});

test('Hodges–Lehmann interval of 40 pairs', async ({ bench }) => {
  await bench('hodges-lehmann', () => hodgesLehmann(untied, 0.99, 0.5)).run();
});

test('warm-up of a pilot', async ({ bench }) => {
  await bench('steady state', () => steadyState(runs)).run();
});
