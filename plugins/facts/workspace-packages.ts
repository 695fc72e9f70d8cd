import { compileGlob } from '../../tools/nx/glob.ts';
import { inFolder } from './paths.ts';

/** Where the package managers say which folders are packages. */
export interface WorkspaceDeclarations {
  /** False where the root has no readable package.json. */
  readonly hasRootPackage: boolean;
  /** The root package.json has a truthy `nx` field, which makes the root a project. */
  readonly rootHasNx: boolean;
  readonly workspaces: readonly string[];
  readonly pnpm: readonly string[];
  /** `packages` of lerna.json; undefined where there is no lerna.json. */
  readonly lerna?: readonly string[] | undefined;
}

/**
 * Which package.json files Nx takes for projects, by the rules of its own package.json plugin
 * (`buildPackageJsonPatterns` and `buildPackageJsonWorkspacesMatcher`), restated here because loading
 * that plugin costs more than all our inference. An integration test compares both.
 *
 * @returns predicate over paths of package.json files
 */
export function packageMatcher(
  declarations: WorkspaceDeclarations,
  workspaceRoot: string,
): (packageJson: string) => boolean {
  if (!declarations.hasRootPackage) return () => process.env.NX_INFER_ALL_PACKAGE_JSONS === 'true';
  const patterns = patternsOf(declarations);
  const negative = patterns.filter((pattern) => pattern.startsWith('!'));
  const positive = patterns.filter((pattern) => !pattern.startsWith('!'));
  const onlyRoot = positive.length === 0 || (positive.length === 1 && positive[0] === 'package.json');
  if (negative.length > 0 && onlyRoot) positive.push('**/package.json');
  const exact = new Set(positive);
  const matches = positive.map((pattern) => compileGlob(pattern, workspaceRoot));
  const spares = negative.map((pattern) => compileGlob(pattern, workspaceRoot));
  return (path) =>
    (exact.has(path) || matches.some((match) => match(path))) && spares.every((spare) => spare(path));
}

function patternsOf(declarations: WorkspaceDeclarations): readonly string[] {
  const { lerna } = declarations;
  const patterns = [
    ...declarations.workspaces,
    ...declarations.pnpm,
    ...(lerna === undefined ? [] : lerna.length > 0 ? lerna : ['packages/*']),
  ].map(toManifestPattern);
  return declarations.rootHasNx ? [...patterns, 'package.json'] : patterns;
}

function toManifestPattern(pattern: string): string {
  const negated = pattern.startsWith('!');
  const plain = pattern.replace(/^!/, '').replace(/^\.\//, '').replace(/\/+$/, '');
  const path = plain.endsWith('/package.json') ? plain : inFolder(plain === '' ? '.' : plain, 'package.json');
  return negated ? `!${path}` : path;
}
