import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../tools/kernel/files/package-file.ts';
import { fingerprintEntry } from './fingerprint-entry.ts';

const PROGRAM = 'tools/kernel/environment/fingerprint-main.ts';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-entry-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('fingerprintEntry', () => {
  it('is a plain path in our own workspace', () => {
    expect(fingerprintEntry(packageRoot())).toBe(PROGRAM);
  });

  it.each([
    ['.', `node_modules/nx-assay/${PROGRAM}`],
    ['e2e/shop', `../../node_modules/nx-assay/${PROGRAM}`],
  ])('goes through the link in node_modules, as pnpm makes it, from %s', (workspace, expected) => {
    mkdirSync(join(folder, 'node_modules'));
    mkdirSync(join(folder, workspace), { recursive: true });
    symlinkSync(packageRoot(), join(folder, 'node_modules/nx-assay'));
    expect(fingerprintEntry(join(folder, workspace))).toBe(expected);
  });

  it('is the real path where another package of our name is installed', () => {
    mkdirSync(join(folder, 'node_modules/nx-assay'), { recursive: true });
    expect(fingerprintEntry(folder)).toMatch(new RegExp(`^\\.\\./.*/${PROGRAM}$`));
  });
});
