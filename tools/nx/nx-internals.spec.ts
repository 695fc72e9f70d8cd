import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../kernel/files/package-file.ts';
import { readCachedGraph } from './cached-graph.ts';
import { attemptVariable, baseVariable } from './environment-variables.ts';
import { compileGlobs } from './glob.ts';
import { nxInternal, requireFromNx } from './host.ts';
import { workspaceDataDirectory } from './workspace-data.ts';
import { parseYaml } from './yaml.ts';

const home = packageRoot();
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-nx-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Where one of these fails, a new Nx has moved something: the fallbacks serve, but look at it. */
describe('this Nx has the internals that we use', () => {
  it('knows its workspace data folder', () => {
    expect(nxInternal(home, 'nx/src/utils/cache-directory', 'workspaceDataDirectoryForWorkspace')).toBeTypeOf(
      'function',
    );
  });

  it('brings minimatch and a YAML parser', () => {
    expect(requireFromNx(home)('minimatch').Minimatch).toBeTypeOf('function');
    expect(parseYaml('packages:\n  - "libs/*" # all\n', home)).toEqual({ packages: ['libs/*'] });
  });

  it('answers undefined for what there is not', () => {
    expect(nxInternal(home, 'nx/src/no/such/module', 'x')).toBeUndefined();
  });
});

describe('workspaceDataDirectory', () => {
  it('is the folder of the documentation by default, in a workspace of its own', () => {
    const before = process.env.NX_WORKSPACE_DATA_DIRECTORY;
    delete process.env.NX_WORKSPACE_DATA_DIRECTORY;
    expect(workspaceDataDirectory(root)).toBe(join(root, '.nx', 'workspace-data'));
    if (before !== undefined) process.env.NX_WORKSPACE_DATA_DIRECTORY = before;
  });
});

describe('readCachedGraph', () => {
  const put = (text: string) => {
    mkdirSync(join(root, '.nx/workspace-data'), { recursive: true });
    writeFileSync(join(root, '.nx/workspace-data/project-graph.json'), text);
  };

  it('reads what Nx stored', () => {
    const graph = {
      nodes: { a: { name: 'a', data: { root: 'a' } } },
      dependencies: { a: [] },
      version: '6.0',
    };
    put(JSON.stringify(graph));
    expect(readCachedGraph(root)?.nodes.a?.data.root).toBe('a');
  });

  it.each(['', '{', '{"nodes":{"a":{}},"dependencies":{}}', '{"nodes":{}}'])(
    'does not take %j for a graph',
    (text) => {
      put(text);
      expect(readCachedGraph(root)?.nodes.a).toBeUndefined();
    },
  );
});

describe('compileGlobs', () => {
  it('adds and takes away in order', () => {
    const matches = compileGlobs(['services/*', '!services/old', 'libs/**'], home);
    expect(['services/a', 'services/old', 'libs/a/b', 'apps/a'].map(matches)).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('variables', () => {
  it.each([
    ['pricing', /^ASSAY_BASE_PRICING_1E2EA6D9$/],
    ['@shop/check-out', /^ASSAY_BASE_SHOP_CHECK_OUT_[0-9A-F]{8}$/],
    ['日本', /^ASSAY_BASE_[0-9A-F]{8}$/],
  ])('%s', (project, pattern) => {
    expect(baseVariable(project)).toMatch(pattern);
    expect(attemptVariable(project)).toBe(baseVariable(project).replace('_BASE_', '_ATTEMPT_'));
  });

  it('differ where names differ only in what a shell does not allow', () => {
    expect(new Set(['a-b', 'a_b', 'a.b', 'A-B', '@a/b'].map(baseVariable)).size).toBe(5);
  });
});
