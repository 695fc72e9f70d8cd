import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Side } from '../../harnesses/harness.ts';
import { sideEnvironment } from './side-environment.ts';

let root = '';
let base: Side;
let head: Side;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-go-env-')));
  const side = (name: 'base' | 'head', folder: string): Side => {
    const repoRoot = join(root, folder);
    const projectRoot = join(repoRoot, 'apps', 'a');
    mkdirSync(projectRoot, { recursive: true });
    return { name, repoRoot, workspaceRoot: repoRoot, projectRoot };
  };
  head = side('head', 'tree');
  base = side('base', 'base');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('sideEnvironment', () => {
  it('leaves alone what each tree resolves by itself', () => {
    for (const side of [base, head]) writeFileSync(join(side.repoRoot, 'go.work'), '');
    expect(sideEnvironment(base, head, {})).toEqual({});
    expect(sideEnvironment(head, base, { GOFLAGS: '-mod=vendor' })).toEqual({});
  });

  it('moves a GOWORK of head’s tree to the base’s own', () => {
    const env = { GOWORK: join(head.repoRoot, 'tools', 'go.work') };
    expect(sideEnvironment(base, head, env)).toEqual({ GOWORK: 'off' });
    mkdirSync(join(base.repoRoot, 'tools'));
    writeFileSync(join(base.repoRoot, 'tools', 'go.work'), '');
    expect(sideEnvironment(base, head, env)).toEqual({ GOWORK: join(base.repoRoot, 'tools', 'go.work') });
    expect(sideEnvironment(head, base, env)).toEqual({});
  });

  it('is not led astray by a tree whose name begins like another', () => {
    expect(sideEnvironment(base, head, { GOWORK: `${head.repoRoot}-other/go.work` })).toEqual({});
  });

  it('moves a -modfile of head’s tree, and leaves one that the base lacks to be found out', () => {
    const flags = (folder: string) => `-mod=mod -modfile=${join(folder, 'alt.mod')}`;
    expect(sideEnvironment(base, head, { GOFLAGS: flags(head.repoRoot) })).toEqual({});
    writeFileSync(join(base.repoRoot, 'alt.mod'), '');
    expect(sideEnvironment(base, head, { GOFLAGS: flags(head.repoRoot) })).toEqual({
      GOFLAGS: flags(base.repoRoot),
    });
  });

  it('switches off a go.work that lies above the base alone', () => {
    writeFileSync(join(root, 'go.work'), '');
    expect(sideEnvironment(base, head, {})).toEqual({ GOWORK: 'off' });
    expect(sideEnvironment(head, base, {})).toEqual({});
    writeFileSync(join(base.repoRoot, 'go.work'), '');
    expect(sideEnvironment(base, head, {})).toEqual({});
  });
});
