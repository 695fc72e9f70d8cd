import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Side } from '../../harnesses/harness.ts';
import { lendJmh } from './lend-jmh.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-lend-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function side(name: 'base' | 'head', files: Record<string, string>): Side {
  const repoRoot = join(root, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repoRoot, path)), { recursive: true });
    writeFileSync(join(repoRoot, path), text);
  }
  return { name, repoRoot, workspaceRoot: repoRoot, projectRoot: join(repoRoot, 'a') };
}

const parent = '<parent><groupId>g</groupId><artifactId>all</artifactId><version>1</version></parent>';
const child = (rest = '') => `<project>${parent}<artifactId>a</artifactId>${rest}</project>`;
const all = (rest = '') =>
  `<project><groupId>g</groupId><artifactId>all</artifactId><version>1</version>${rest}</project>`;
const jmh = (version: string) =>
  `<dependencies><dependency><groupId>org.openjdk.jmh</groupId><artifactId>jmh-core</artifactId>${version}</dependency></dependencies>`;
const versions = (pom: string) => [...pom.matchAll(/<version>(1\.3\d)<\/version>/g)].map((match) => match[1]);

it('gives the base the JMH of head, in the version that head’s parent defines', async () => {
  const base = side('base', { 'a/pom.xml': child(), 'pom.xml': all() });
  const head = side('head', {
    'a/pom.xml': child(jmh(`<version>\${jmh}</version>`)),
    'pom.xml': all('<properties><jmh>1.36</jmh></properties>'),
  });
  await lendJmh(base, head);
  const pom = readFileSync(join(base.projectRoot, 'pom.xml'), 'utf8');
  expect(pom).toContain('<artifactId>jmh-generator-annprocess</artifactId>');
  expect(versions(pom)).toEqual(['1.36', '1.36']);
  expect(readFileSync(join(head.projectRoot, 'pom.xml'), 'utf8')).not.toContain('annprocess');
});

it.each([
  ['the base has its own', child(jmh('<version>1.35</version>'))],
  ['head has none either', child()],
])('leaves the base alone where %s', async (_, pom) => {
  const base = side('base', { 'a/pom.xml': pom, 'pom.xml': all() });
  const head = side('head', { 'a/pom.xml': pom.replace('1.35', '1.36'), 'pom.xml': all() });
  await lendJmh(base, head);
  expect(readFileSync(join(base.projectRoot, 'pom.xml'), 'utf8')).toBe(pom);
});

it('does nothing where the base has no such module', async () => {
  const base = side('base', { 'pom.xml': all() });
  const head = side('head', { 'a/pom.xml': child(jmh('<version>1.36</version>')), 'pom.xml': all() });
  await lendJmh(base, head);
  expect(readFileSync(join(base.repoRoot, 'pom.xml'), 'utf8')).toBe(all());
});
