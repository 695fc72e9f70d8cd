import { describe, expect, it } from 'vitest';
import { judgeRecorded } from './judge-recorded.ts';

const at = (value: number, share = 0.01) =>
  ({ value, interval: [value * (1 - share), value * (1 + share)] }) as const;

describe('judgeRecorded', () => {
  it('calls no change between two sessions without a control, however large', () => {
    for (const value of [50, 100, 130, 300]) {
      expect(['unchanged', 'inconclusive']).toContain(
        judgeRecorded(at(value), at(100), [], true, 0.02).verdict,
      );
    }
    expect(judgeRecorded(at(300), at(100), [], true, 0.02)).toMatchObject({
      verdict: 'inconclusive',
    });
    expect(judgeRecorded(at(102), at(100), [], true, 0.02)).toMatchObject({
      verdict: 'unchanged',
      margin: 0.6,
    });
  });

  it('divides by what the controls did', () => {
    const controls = [{ now: at(200), before: at(100) }];
    expect(judgeRecorded(at(200), at(100), controls, true, 0.02)).toMatchObject({ verdict: 'unchanged' });
    const slower = judgeRecorded(at(300), at(100), controls, true, 0.02);
    expect(slower.verdict).toBe('regressed');
    expect(slower.ratio).toBeCloseTo(1.5, 10);
    expect(judgeRecorded(at(100), at(100), controls, true, 0.02).verdict).toBe('improved');
  });

  it('says nothing across machines without a control', () => {
    expect(judgeRecorded(at(100), at(100), [], false, 0.02)).toMatchObject({
      verdict: 'inconclusive',
      design: 'other-machine',
    });
  });

  it('calls a change across machines by three controls that agree, not by one, nor by three that do not', () => {
    const agree = [1.9, 2, 2.1].map((factor) => ({ now: at(100 * factor), before: at(100) }));
    const disagree = [1, 2, 4].map((factor) => ({ now: at(100 * factor), before: at(100) }));
    expect(judgeRecorded(at(400), at(100), agree, false, 0.02).verdict).toBe('regressed');
    expect(judgeRecorded(at(400), at(100), agree.slice(0, 1), false, 0.02).verdict).toBe('inconclusive');
    expect(judgeRecorded(at(400), at(100), disagree, false, 0.02).verdict).toBe('inconclusive');
  });

  it.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('never passes a recorded %s', (value) => {
    const judged = judgeRecorded(at(100), { value, interval: [value, value] }, [], true, 0.02);
    expect(judged.verdict).toBe('inconclusive');
  });

  it('widens with the uncertainty of either side', () => {
    const sure = judgeRecorded(at(100, 0.01), at(100, 0.01), [], true, 0.02);
    const vague = judgeRecorded(at(100, 0.3), at(100, 0.01), [], true, 0.02);
    expect(vague.interval[0]).toBeLessThan(sure.interval[0]);
    expect(vague.interval[1]).toBeGreaterThan(sure.interval[1]);
  });
});
