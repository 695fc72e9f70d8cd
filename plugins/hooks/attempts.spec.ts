import { describe, expect, it } from 'vitest';
import { type AttemptStore, forgetReports, nextAttempt } from './attempts.ts';

/** Plays runs of one project: the pair of each, and whether its Report decided nothing. */
function play(runs: readonly (readonly [pair: string, unsettled: boolean])[]): readonly number[] {
  let store: AttemptStore = {};
  let last = false;
  return runs.map(([pair, unsettled]) => {
    const next = nextAttempt(store, 'p', pair, last, 'here');
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
    expect(nextAttempt({}, 'constructor', 'x', true, 'here').attempt).toBe(1);
  });

  it('knows which checkout a Report on disk belongs to', () => {
    const { store } = nextAttempt({}, 'p', 'x', false, 'here');
    expect(nextAttempt(store, 'p', 'x', true, 'there').attempt).toBe(1);
    expect(nextAttempt(store, 'p', 'x', true, 'here').attempt).toBe(2);
  });
});

describe('forgetReports', () => {
  it('lets a Report about something else neither settle nor unsettle a pair', () => {
    const undecided = nextAttempt({}, 'p', 'x', false, 'here').store;
    const before = nextAttempt(undecided, 'p', 'x', true, 'here');
    const after = forgetReports(before.store, ['p', 'unknown'], 'here');
    expect(before.attempt).toBe(2);
    for (const unsettled of [true, false])
      expect(nextAttempt(after, 'p', 'x', unsettled, 'here').attempt).toBe(2);
  });
});
