import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packageFile, packageRoot, packageVersion } from './package-file.ts';
import { scratchFolder } from './spec-scratch.ts';

const ENTRY = 'tools/kernel/process/guardian-main';

function fakePackage(): string {
  const root = scratchFolder('package file');
  mkdirSync(join(root, 'dist', 'chunks'), { recursive: true });
  mkdirSync(join(root, 'tools', 'kernel'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"name":"nx-assay","version":"7.8.9"}');
  return root;
}

describe('packageFile', () => {
  it('names the built program for a shared chunk, however deep it was moved', () => {
    const root = fakePackage();
    const chunk = pathToFileURL(join(root, 'dist', 'chunks', 'x.js')).href;
    expect(packageFile(ENTRY, chunk)).toBe(join(root, 'dist', `${ENTRY}.js`));
  });

  it('names the source for a module that runs from source', () => {
    const root = fakePackage();
    const source = pathToFileURL(join(root, 'tools', 'kernel', 'x.ts')).href;
    expect(packageFile(ENTRY, source)).toBe(join(root, `${ENTRY}.ts`));
    expect(packageVersion(source)).toBe('7.8.9');
  });

  it('passes over manifests of other packages on the way up', () => {
    const root = fakePackage();
    writeFileSync(join(root, 'dist', 'package.json'), '{"type":"module"}');
    writeFileSync(join(root, 'dist', 'chunks', 'package.json'), 'not json');
    expect(packageRoot(pathToFileURL(join(root, 'dist', 'chunks', 'x.js')).href)).toBe(root);
  });

  it('says that the package is broken where there is no manifest', () => {
    expect(() => packageRoot(pathToFileURL(join(tmpdir(), 'elsewhere', 'x.js')).href)).toThrow(
      'No package.json of nx-assay',
    );
  });

  it('finds this very package', () => {
    expect(packageFile(ENTRY)).toBe(join(process.cwd(), `${ENTRY}.ts`));
  });
});
