import { globSync, realpathSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import type { RunProcess } from '../../kernel/process/types.ts';
import { makeBuildTree } from './build-tree.ts';
import { brokenFiles, runMaven } from './maven.ts';
import { mavenProgram } from './maven-program.ts';
import { findModules, type MavenModule, moduleClosure, ownModule } from './modules.ts';

export interface BuildContext {
  readonly run: RunProcess;
  readonly signal?: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder for what is built. */
  readonly scratch: string;
}

/** Files of the measured module that belong to its benchmarks; relative to the module, POSIX separators. */
export interface Wanted {
  /** Test sources to build; all other test sources are left out. */
  readonly tests: ReadonlySet<string>;
  /** Files to leave out: they do not compile here. */
  readonly without: ReadonlySet<string>;
}

export type ModuleBuild =
  | {
      readonly state: 'built';
      /** The module's folder in the build tree. */
      readonly folder: string;
      /** Absolute paths: the module's own classes first. */
      readonly classPath: readonly string[];
      /** Real folders, in the side's own tree, of all modules that went in. */
      readonly modules: readonly string[];
      /** Artefacts of this tree that were taken from elsewhere. */
      readonly strays: readonly string[];
    }
  | {
      readonly state: 'failed';
      readonly reason: string;
      readonly output: string;
      /** Files of the measured module that do not compile, relative to it. */
      readonly broken: readonly string[];
    };

const listing = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath';
const classPathFile = '.assay-class-path';

/**
 * Compiles a module and all of its tree that it needs, in a copy. One reactor holds exactly those modules, so each
 * resolves the others to their classes in this very tree and never to an installed artefact.
 *
 * @param wanted tells, of the module's own folder, which files take part
 */
export async function buildModules(
  side: Side,
  wanted: (module: string) => Promise<Wanted>,
  context: BuildContext,
): Promise<ModuleBuild> {
  const own = ownModule(side.projectRoot, side.workspaceRoot);
  if (own === undefined) return failed('there is no pom.xml in its folder or above');
  const closure = await moduleClosure(own, await findModules(side.workspaceRoot), side.repoRoot);
  if (closure === undefined) return failed(`${join(own, 'pom.xml')} cannot be read`);
  const { modules, testJars } = closure;
  const { tests, without } = await wanted(own);
  const to = join(context.scratch, 'tree');
  await makeBuildTree({
    from: side.repoRoot,
    to,
    modules,
    keep: (module, path) => {
      const testFolder = module.pom.testSourceDirectory ?? 'src/test/java';
      if (module.folder === own && without.has(path)) return false;
      if (module.pom.key !== undefined && testJars.has(module.pom.key)) return true;
      if (module.folder !== own) return !isInside(path, 'src/test') && !isInside(path, testFolder);
      if (path === testFolder || isInside(testFolder, path)) return true;
      if (isInside(path, testFolder)) return !/\.java$/.test(path) || tests.has(path);
      return !/^src\/test\/(?:kotlin|groovy|scala)(?:\/|$)/.test(path);
    },
  });
  const folder = join(to, relative(side.repoRoot, own));
  const pom = await writeReactor(join(context.scratch, 'reactor'), to, modules, side.repoRoot);
  const built = await runMaven({
    program: mavenProgram(own, side.repoRoot),
    cwd: folder,
    args: ['-f', pom, 'test-compile', listing, `-Dmdep.outputFile=${classPathFile}`],
    env: {
      ...context.env,
      MAVEN_BASEDIR: join(to, relative(side.repoRoot, settingsFolder(own, modules, side))),
    },
    run: context.run,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  if (built.state === 'failed') {
    const broken = brokenFiles(built.output).flatMap((path) => {
      const inside = relative(folder, real(path)).split(sep).join('/');
      return inside.startsWith('../') ? [] : [inside];
    });
    return { ...built, broken };
  }
  const text = await readFile(join(folder, classPathFile), 'utf8').catch(() => '');
  const dependencies = text
    .trim()
    .split(process.platform === 'win32' ? ';' : ':')
    .filter((path) => path !== '');
  const classPath = [...new Set([...ownClasses(folder), ...dependencies])];
  return {
    state: 'built',
    folder,
    classPath,
    modules: modules.map((module) => module.folder),
    strays: strays(classPath, modules),
  };
}

function failed(reason: string): ModuleBuild {
  return { state: 'failed', reason, output: '', broken: [] };
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`) || path === folder;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** A pom that names the modules and nothing else; their order is Maven's business. */
async function writeReactor(
  folder: string,
  tree: string,
  modules: readonly MavenModule[],
  top: string,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const lines = modules.map((module) => {
    const path = relative(folder, join(tree, relative(top, module.folder), module.file));
    return `    <module>${escapeXml(path.split(sep).join('/'))}</module>`;
  });
  const path = join(folder, 'pom.xml');
  const text = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>nx-assay</groupId>
  <artifactId>reactor</artifactId>
  <version>0</version>
  <packaging>pom</packaging>
  <modules>
${lines.join('\n')}
  </modules>
</project>
`;
  await writeFile(path, text);
  return path;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] as string);
}

/** Where Maven takes its settings of a project from: the nearest `.mvn`, else the topmost of the modules above. */
function settingsFolder(own: string, modules: readonly MavenModule[], { repoRoot }: Side): string {
  const [settings] = globSync('.mvn', { cwd: own }).length > 0 ? [own] : [];
  if (settings) return settings;
  for (let at = own; at !== repoRoot && at !== dirname(at); ) {
    at = dirname(at);
    if (globSync('.mvn', { cwd: at }).length > 0) return at;
  }
  const above = modules.filter(({ folder }) => `${own}${sep}`.startsWith(`${folder}${sep}`));
  return above[0]?.folder ?? own;
}

/** Folders with the module's own classes: where Maven puts them, and wherever else JMH left its list. */
function ownClasses(folder: string): readonly string[] {
  const listed = globSync('**/META-INF/BenchmarkList', { cwd: folder }).map((path) =>
    join(folder, dirname(dirname(path))),
  );
  const usual = ['target/test-classes', 'target/classes'].map((path) => join(folder, path));
  return [...new Set([...usual, ...listed])];
}

/** Artefacts of a local repository that this tree itself has in the same version. */
function strays(classPath: readonly string[], modules: readonly MavenModule[]): readonly string[] {
  return modules.flatMap(({ pom }) => {
    if (pom.key === undefined || pom.version === undefined) return [];
    const [group = '', artifact = ''] = pom.key.split(':');
    const installed = [...group.split('.'), artifact, pom.version].join(sep) + sep;
    return classPath.filter((path) => path.includes(`${sep}${installed}`) && path.endsWith('.jar'));
  });
}
