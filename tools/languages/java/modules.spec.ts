import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBuildTree } from './build-tree.ts';
import { javaLockfiles } from './lockfiles.ts';
import { mavenProgram } from './maven-program.ts';
import { findModules, moduleClosure, ownModule } from './modules.ts';

let root = '';

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'assay maven ')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const pom = (artifact: string, rest = '') =>
  `<project><groupId>g</groupId><artifactId>${artifact}</artifactId><version>1</version>${rest}</project>`;
const needs = (artifact: string, type = '') =>
  `<dependencies><dependency><groupId>g</groupId><artifactId>${artifact}</artifactId>${type}</dependency></dependencies>`;
const childOf = (artifact: string, path = '') =>
  `<parent><groupId>g</groupId><artifactId>${artifact}</artifactId><version>1</version>${path}</parent>`;

async function closureOf(folder: string) {
  return await moduleClosure(join(root, folder), await findModules(root), root);
}

async function foldersOf(folder: string): Promise<readonly string[] | undefined> {
  return (await closureOf(folder))?.modules.map((module) => relative(root, module.folder));
}

describe('moduleClosure', () => {
  it('follows parents and dependencies and leaves siblings out', async () => {
    write({
      'pom.xml': pom('all', '<modules><module>a</module><module>b</module><module>c</module></modules>'),
      'a/pom.xml': pom('a', childOf('all') + needs('b', '<type>test-jar</type>')),
      'b/pom.xml': pom('b', childOf('far', '<relativePath/>') + needs('a')),
      'c/pom.xml': pom('c', childOf('all')),
      'elsewhere/far/pom.xml': pom('far'),
      'a/src/main/resources/it/pom.xml': pom('b'),
      'a/target/pom.xml': pom('far'),
      'node_modules/x/pom.xml': pom('far'),
      'broken/pom.xml': '<project>',
    });
    expect(await foldersOf('a')).toEqual(['', 'a', 'b', 'elsewhere/far']);
    expect((await closureOf('a'))?.testJars).toEqual(new Set(['g:b']));
    expect(await foldersOf('broken')).toBeUndefined();
    expect(await javaLockfiles(join(root, 'a'), root)).toEqual([
      'a/pom.xml',
      'b/pom.xml',
      'elsewhere/far/pom.xml',
      'pom.xml',
    ]);
  });

  it('means the nearer of two modules with one name', async () => {
    write({
      'one/a/pom.xml': pom('a', needs('core')),
      'one/core/pom.xml': pom('core'),
      'two/core/pom.xml': pom('core'),
    });
    expect(await foldersOf('one/a')).toEqual(['one/a', 'one/core']);
  });

  it('takes a parent that names another file or a folder, and none from outside', async () => {
    write({
      'up/parent.xml': pom('p'),
      'in/pom.xml': pom('in', childOf('p', '<relativePath>../up/parent.xml</relativePath>')),
      'dir/pom.xml': pom('dir', childOf('q', '<relativePath>../q</relativePath>')),
      'q/pom.xml': pom('q'),
      'out/pom.xml': pom('out', childOf('z', '<relativePath>../../../pom.xml</relativePath>')),
    });
    expect(await foldersOf('in')).toEqual(['in', 'up']);
    expect(await foldersOf('dir')).toEqual(['dir', 'q']);
    expect(await foldersOf('out')).toEqual(['out']);
  });
});

describe('makeBuildTree', () => {
  it('copies what belongs to the modules, links the rest, and leaves results out', async () => {
    write({
      'config/rules.xml': 'rules',
      'pom.xml': pom('all', '<modules><module>a</module></modules>'),
      'a/pom.xml': pom('a', childOf('all')),
      'a/src/main/java/A.java': 'A',
      'a/src/test/java/T.java': 'T',
      'a/target/classes/A.class': 'old',
      'a/node_modules/x/index.js': '',
      'a/build/assembly.xml': '',
      'a/other/pom.xml': pom('other'),
    });
    symlinkSync('../config/rules.xml', join(root, 'a/link.xml'));
    const to = join(root, '..', `${root.split('/').at(-1)} built`);
    const modules = (await closureOf('a'))!.modules;
    await makeBuildTree({ from: root, to, modules, keep: (_, path) => path !== 'src/test/java/T.java' });
    try {
      expect(readdirSync(join(to, 'a'), { recursive: true, encoding: 'utf8' }).sort()).toEqual([
        ...[
          'build',
          'build/assembly.xml',
          'link.xml',
          'other',
          'other/pom.xml',
          'pom.xml',
          'src',
          'src/main',
          'src/main/java',
          'src/main/java/A.java',
        ],
        ...['src/test', 'src/test/java'],
      ]);
      expect(readFileSync(join(to, 'a/link.xml'), 'utf8')).toBe('rules');
      expect(lstatSync(join(to, 'a/other')).isSymbolicLink()).toBe(true);
      expect(lstatSync(join(to, 'a/build')).isSymbolicLink()).toBe(true);
      expect(lstatSync(join(to, 'a/src/main/java/A.java')).isFile()).toBe(true);
      expect(readFileSync(join(to, 'pom.xml'), 'utf8')).toBe(pom('all'));
      expect(readFileSync(join(to, 'config/rules.xml'), 'utf8')).toBe('rules');
      expect(existsSync(join(root, 'a/target/classes/A.class'))).toBe(true);
    } finally {
      rmSync(to, { recursive: true, force: true });
    }
  });
});

describe('mavenProgram', () => {
  it('takes a wrapper that is complete and executable, and looks no further than the top', () => {
    write({ 'w/mvnw': '#!/bin/sh\n', 'w/a/pom.xml': pom('a') });
    const asked = (): string => mavenProgram(join(root, 'w/a'), join(root, 'w'));
    expect(asked()).toBe('mvn');
    write({ 'w/.mvn/wrapper/maven-wrapper.properties': '' });
    expect(asked()).toBe('mvn');
    rmSync(join(root, 'w/mvnw'));
    writeFileSync(join(root, 'w/mvnw'), '#!/bin/sh\n', { mode: 0o755 });
    expect(asked()).toBe(join(root, 'w/mvnw'));
    expect(mavenProgram(join(root, 'w/a'), join(root, 'w/a'))).toBe('mvn');
  });
});

describe('ownModule', () => {
  it('is the nearest one above', () => {
    write({ 'a/pom.xml': '', 'a/b/c/x': '' });
    expect(ownModule(join(root, 'a/b/c'), root)).toBe(join(root, 'a'));
    expect(ownModule(root, root)).toBeUndefined();
  });
});
