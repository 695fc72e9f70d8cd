import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expiredWaivers } from './expired-waivers.ts';

let root = '';
const write = (file: string, value: unknown): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), JSON.stringify(value));
};
const until = (expires: string) => ({ quarantine: [{ benchmark: 'x', reason: 'r', owner: 'o', expires }] });

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-expired-'));
  write('libs/a/assay/bench.json', until('2026-01-10'));
  write('libs/a/assay/accepted.json', until('2026-01-01'));
  write('assay/bench.json', until('2026-01-20'));
});
afterAll(() => rmSync(root, { recursive: true }));

it.each([
  [
    ['{workspaceRoot}/libs/a/assay/bench.json', '{workspaceRoot}/libs/a/assay/accepted.json'],
    '2026-01-10',
    '',
  ],
  [['{workspaceRoot}/libs/a/assay/bench.json'], '2026-01-11', '0'],
  [['{workspaceRoot}/assay/bench.json', { env: 'X' }], '2026-01-11', ''],
  [['{workspaceRoot}/assay/bench.json'], '2026-01-21', '0'],
  [['default', '{workspaceRoot}/libs/none/assay/bench.json'], '2026-01-21', ''],
])('%j on %s: %j', (inputs, today, expired) => {
  expect(expiredWaivers({ inputs }, root, today)).toBe(expired);
});
