import { describe, expect, it } from 'vitest';
import { createTimeLeft } from './time-left.ts';

function at(perBenchmarkMs: number, totalMs?: number) {
  const time = { now: 1000 };
  return { time, left: createTimeLeft(perBenchmarkMs, totalMs, () => time.now) };
}

describe('the time of a run', () => {
  it('gives each benchmark its own where no total is set', () => {
    expect(at(20_000).left.next(3, 10)).toEqual({ eachMs: 20_000, fit: 3 });
  });

  it('shares a total fairly, and gives the first ones enough where it is too little for all', () => {
    expect(at(20_000, 30_000).left.next(1, 3)).toEqual({ eachMs: 10_000, fit: 1 });
    expect(at(20_000, 1200).left.next(10, 10)).toEqual({ eachMs: 500, fit: 2 });
    const { time, left } = at(20_000, 1000);
    time.now += 2000;
    expect(left.next(2, 2).fit).toBe(0);
  });

  it('hands what was not needed to those that need more, at most their own share again', () => {
    const { time, left } = at(20_000);
    left.next(3, 3);
    time.now += 30_000;
    expect(left.saved(3, 1)).toBe(20_000);
    expect(left.saved(3, 2)).toBe(15_000);
    time.now += 25_000;
    expect(left.saved(3, 1)).toBeUndefined();
  });

  it('never hands out more than the total', () => {
    const { time, left } = at(20_000, 40_000);
    left.next(3, 3);
    time.now += 30_000;
    expect(left.saved(3, 1)).toBe(10_000);
  });
});
