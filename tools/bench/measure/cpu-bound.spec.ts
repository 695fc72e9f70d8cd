import { expect, it } from 'vitest';
import { whyNotCpuBound } from './cpu-bound.ts';

it('takes a process that works, or queues for a core, for CPU-bound', () => {
  expect(whyNotCpuBound({ parallelism: 0.99, waiting: 0.01 })).toBeUndefined();
  expect(whyNotCpuBound({ parallelism: 0.3, waiting: 0.02 })).toBeUndefined();
  expect(whyNotCpuBound({ parallelism: 0.7 })).toBeUndefined();
});

it('says what else a process does', () => {
  expect(whyNotCpuBound({ parallelism: 0.2, waiting: 0.78 })).toBe('it waits for 78 % of its time');
  expect(whyNotCpuBound({ parallelism: 0.31 })).toBe(
    'it waits for a part of its time (CPU time is 0.31 of wall time)',
  );
  expect(whyNotCpuBound({ parallelism: 1.9, waiting: 0 })).toBe(
    'further threads of its process work too (CPU time is 1.90 of wall time)',
  );
  expect(whyNotCpuBound({})).toBe('it is not known whether it computes or waits');
});
