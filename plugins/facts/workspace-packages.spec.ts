import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { packageMatcher } from './workspace-packages.ts';

const root = process.cwd();
const paths = [
  'package.json',
  'packages/a/package.json',
  'packages/a/b/package.json',
  'packages/excluded/package.json',
  'libs/x/package.json',
  'tools/package.json',
  'apps/web/package.json',
];

interface NxPlugin {
  buildPackageJsonPatterns(root: string, readJson: (path: string) => unknown): unknown;
  buildPackageJsonWorkspacesMatcher(patterns: unknown): (path: string) => boolean;
}

/** What this Nx itself says, for a root package.json given as an object. */
function nxMatches(packageJson: object): readonly string[] {
  const nx = createRequire(import.meta.url)('nx/src/plugins/package-json') as NxPlugin;
  const empty = '/nonexistent-workspace';
  const matcher = nx.buildPackageJsonWorkspacesMatcher(nx.buildPackageJsonPatterns(empty, () => packageJson));
  return paths.filter((path) => matcher(path));
}

function ourMatches(declaration: Partial<Parameters<typeof packageMatcher>[0]>): readonly string[] {
  const matcher = packageMatcher(
    { hasRootPackage: true, rootHasNx: false, workspaces: [], pnpm: [], ...declaration },
    root,
  );
  return paths.filter(matcher);
}

describe('packageMatcher', () => {
  it.each([
    [[]],
    [['packages/*']],
    [['./packages/*', 'tools/']],
    [['packages/**']],
    [['packages/*', '!packages/excluded']],
    [['!packages/excluded']],
    [['!**/excluded/**', 'packages/**']],
    [['{apps,libs}/*', '.']],
    [['packages/a/package.json']],
    [['packages/+(a|excluded)']],
  ])('matches as Nx does: %j', (workspaces) => {
    expect(ourMatches({ workspaces })).toEqual(nxMatches({ workspaces }));
    expect(ourMatches({ workspaces, rootHasNx: true })).toEqual(nxMatches({ workspaces, nx: {} }));
  });

  it('adds pnpm and lerna; lerna without packages means packages/*', () => {
    expect(ourMatches({ pnpm: ['libs/*'] })).toEqual(['libs/x/package.json']);
    expect(ourMatches({ lerna: [] })).toEqual(['packages/a/package.json', 'packages/excluded/package.json']);
  });

  it('matches nothing without a root package.json', () => {
    expect(ourMatches({ hasRootPackage: false, workspaces: ['packages/*'] })).toEqual([]);
  });
});
