import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../kernel/statistics/index.ts';
import { loadFormats } from '../recordings/index.ts';
import { fuzz, loadSeeds } from './fuzz.ts';
import { trialRow } from './trial.ts';

const formats = await loadFormats();

describe('pairs of files with known truth', () => {
  const noise = { samples: 12, noise: 0.01, outliers: 0.05 };

  it('gives no alarm without a change, finds +5 %, and holds the truth in its intervals', () => {
    const none = trialRow(formats, 1, 130, noise, seededRandom(1));
    expect(none).toMatchObject({ regressed: 0, improved: 0 });
    expect(none.covered).toBeGreaterThanOrEqual(128);
    const five = trialRow(formats, 1.05, 65, noise, seededRandom(2));
    expect(five.regressed).toBe(65);
    expect(five.covered).toBeGreaterThanOrEqual(63);
  });

  it('is not misled by noise of 10 %', () => {
    const wild = { samples: 12, noise: 0.1, outliers: 0.1 };
    const { regressed, improved } = trialRow(formats, 1, 130, wild, seededRandom(3));
    expect(regressed + improved).toBe(0);
  });
});

describe('broken files', () => {
  it('give an error with a code or an honest Report, 400 of them', () => {
    const seeds = loadSeeds(join(import.meta.dirname, '../recordings'));
    expect(seeds.length).toBeGreaterThanOrEqual(12);
    const { tally, failures } = fuzz(seeds, formats, 400, seededRandom(4));
    expect(failures).toEqual([]);
    expect([...tally.keys()]).toContain('recordings/unknown-format');
    expect([...tally.values()].reduce((sum, times) => sum + times, 0)).toBe(400);
  });
});
