import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDuration } from './duration.ts';
import { pattern } from './pattern.ts';
import { loadSettings } from './settings.ts';

let root = '';
const project = { name: 'pricing', root: 'services/pricing', tags: ['team:shop'] };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bench-settings-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, content: unknown): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('loadSettings', () => {
  it('works without any file', async () => {
    expect(await loadSettings(root, project)).toMatchObject({
      mode: 'enforce',
      judge: { margin: 0.05, effectFloor: 0.025, alpha: 0.001, confidence: 0.99 },
      budgetMs: 20_000,
    });
  });

  it("lets a project's own file win over the policy, field by field", async () => {
    write('assay/policy.json', {
      mode: 'observe',
      bench: { margin: 0.1, budgetSeconds: 5, env: { A: '1', B: '1' } },
      projects: [{ match: 'tag:team:*', bench: { margin: 0.08 } }],
    });
    write('services/pricing/assay/bench.json', { budgetSeconds: 7, env: { B: '2' } });
    expect(await loadSettings(root, project)).toMatchObject({
      mode: 'observe',
      judge: { margin: 0.08, effectFloor: 0.04 },
      budgetMs: 7_000,
      env: { A: '1', B: '2' },
    });
  });

  it('judges memory by a margin of its own, or not at all', async () => {
    expect((await loadSettings(root, project)).judge.memory).toEqual({ margin: 0.1, peakMargin: 0.25 });
    write('assay/policy.json', { bench: { memoryMargin: 0.02 } });
    expect((await loadSettings(root, project)).judge.memory).toEqual({ margin: 0.02, peakMargin: 0.05 });
    write('services/pricing/assay/bench.json', { memory: false });
    expect((await loadSettings(root, project)).judge.memory).toBeUndefined();
  });

  it.each([
    ['assay/policy.json', { bench: { margins: 1 } }, 'bench/config-invalid'],
    ['services/pricing/assay/bench.json', { margin: '5 %' }, 'bench/config-invalid'],
    ['services/pricing/assay/bench.json', '{ "margin": ', 'files/malformed'],
    [
      'services/pricing/assay/bench.json',
      '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs',
      'files/conflict-markers',
    ],
  ])('%s with %j is %s', async (file, content, code) => {
    write(file, content);
    await expect(loadSettings(root, project)).rejects.toMatchObject({ code });
  });
});

describe('parseDuration', () => {
  it.each([
    ['250us', 250_000],
    ['1.5ms', 1_500_000],
    ['800 ns', 800],
    ['60s', 60e9],
    ['5m', 300e9],
    ['2h', 7200e9],
    ['3µs', 3000],
  ])('%s', (text, ns) => {
    expect(parseDuration(text, 'x')).toBe(ns);
  });

  it.each(['', '5', '-5s', '0s', '5 parsecs', '1e3s', 's'])('refuses %j', (text) => {
    expect(() => parseDuration(text, '--budget')).toThrow(
      expect.objectContaining({ code: 'bench/unknown-unit' }),
    );
  });
});

it('takes patterns that only the lenient syntax knows and refuses broken ones', () => {
  expect(pattern('a\\-b', 'x').test('a-b')).toBe(true);
  expect(() => pattern('(', '--filter')).toThrow(expect.objectContaining({ code: 'bench/bad-pattern' }));
});
