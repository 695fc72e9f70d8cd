import { describe, expect, it } from 'vitest';
import { type AttemptStore, nextAttempt } from './attempts.ts';

/** Plays runs of one project: the pair of each, and whether its Report decided nothing. */
function play(runs: readonly (readonly [pair: string, unsettled: boolean])[]): readonly number[] {
  let store: AttemptStore = {};
  let last = false;
  return runs.map(([pair, unsettled]) => {
    const next = nextAttempt(store, 'p', pair, last);
    store = next.store;
    last = unsettled;
    return next.attempt;
  });
}

describe('nextAttempt', () => {
  it('raises the number for as long as nothing is decided, and keeps it then', () => {
    expect(
      play([
        ['x', true],
        ['x', true],
        ['x', false],
        ['x', false],
        ['x', false],
      ]),
    ).toEqual([1, 2, 3, 3, 3]);
  });

  it('begins anew with another pair and remembers the earlier one', () => {
    expect(
      play([
        ['x', true],
        ['y', false],
        ['x', false],
        ['y', false],
        ['x', false],
      ]),
    ).toEqual([1, 1, 2, 1, 2]);
  });

  it('forgets the oldest pairs', () => {
    const many = Array.from({ length: 31 }, (_, index) => [`pair ${index}`, true] as const);
    expect(play([...many, ['pair 0', true], ['pair 30', true]]).slice(-2)).toEqual([1, 2]);
  });

  it('keeps the projects of odd names apart', () => {
    expect(nextAttempt({}, 'constructor', 'x', true).attempt).toBe(1);
  });
});
