import { posix } from 'node:path';
import { type GeneratorCallback, logger, readNxJson, runTasksInSerial, type Tree } from '@nx/devkit';
import { generatorErrors } from '../errors.ts';
import { registeredOptions } from '../init/plugin-entry.ts';
import { candidateFolders } from '../workspace/candidates.ts';
import { explained } from '../workspace/explain.ts';
import { findProject } from '../workspace/find-project.ts';
import { formatChanges } from '../workspace/format.ts';
import { assertNxVersion } from '../workspace/nx-version.ts';
import { type ProjectView, type ReadProjects, readGraphProjects } from '../workspace/view.ts';
import { writeConfig } from './config-file.ts';
import { openParameters } from './exported-function.ts';
import { goScaffolder } from './go/scaffolder.ts';
import { javaScaffolder } from './java/scaffolder.ts';
import type { BenchGeneratorOptions } from './options.ts';
import { pythonScaffolder } from './python/scaffolder.ts';
import { rustScaffolder } from './rust/scaffolder.ts';
import type { BenchFile, BenchProject, Scaffolder, ScaffoldRequest } from './scaffold.ts';
import { typescriptScaffolder } from './typescript/scaffolder.ts';
import { readManifest } from './typescript/sources.ts';

/** What the generator asks of its surroundings. */
export interface BenchHost {
  readonly readProjects: ReadProjects;
  readonly info: (text: string) => void;
  readonly warn: (text: string) => void;
}

const realHost: BenchHost = {
  readProjects: readGraphProjects,
  info: (text) => logger.info(text),
  warn: (text) => logger.warn(text),
};

const scaffolders: readonly Scaffolder[] = [
  typescriptScaffolder,
  pythonScaffolder,
  goScaffolder,
  javaScaffolder,
  rustScaffolder,
];

/**
 * `nx g nx-assay:bench <project>`: benchmarks of the project's own exported functions. Never overwrites a file.
 *
 * @throws AssayError `generator/no-project`, `generator/no-language`, `generator/nothing-exported`,
 *   `generator/outside`, `generator/nx-too-old`
 */
export default function benchGenerator(
  tree: Tree,
  options: BenchGeneratorOptions,
  host: BenchHost = realHost,
): Promise<GeneratorCallback> {
  return explained(() => writeBenchmarks(tree, options, host));
}

async function writeBenchmarks(
  tree: Tree,
  options: BenchGeneratorOptions,
  host: BenchHost,
): Promise<GeneratorCallback> {
  assertNxVersion();
  const candidates = await candidateFolders(tree);
  const projects = await host.readProjects(tree);
  const project = findProject(tree, options.project, projects, candidates);
  const request = { ...makeRequest(project, options), packages: ownPackages(tree, projects) };
  const used = scaffoldersFor(tree, project, options.harness);
  const planned = used.map((scaffolder) => ({ scaffolder, files: scaffolder.plan(tree, request) }));
  if (planned.every(({ files }) => files.length === 0)) {
    const places = [posix.join(project.root, options.source ?? '.')];
    throw generatorErrors.create('generator/nothing-exported', { project: project.name, places });
  }
  const installs: GeneratorCallback[] = [];
  const hints: string[] = [];
  for (const { scaffolder, files } of planned) {
    const written = files.filter((file) => writeNew(tree, file, host));
    if (written.length === 0) continue;
    const { install, hint } = scaffolder.addDependencies(tree, project);
    if (install) installs.push(install);
    if (hint) hints.push(hint);
  }
  if (options.config) writeConfig(tree, project, options.harness);
  if (candidates.includes(project.root)) hints.push(...membershipHint(tree, project));
  for (const hint of hints) host.warn(hint);
  await formatChanges(tree, options.skipFormat);
  return runTasksInSerial(...installs);
}

function makeRequest(
  project: BenchProject,
  { count = 5, source, directory }: BenchGeneratorOptions,
): Omit<ScaffoldRequest, 'packages'> {
  for (const folder of [source, directory]) {
    const path = posix.normalize(folder ?? '.');
    if (path.startsWith('..') || posix.isAbsolute(path)) {
      throw generatorErrors.create('generator/outside', { directory: folder ?? '', root: project.root });
    }
  }
  return {
    project,
    count,
    ...(source === undefined ? {} : { source }),
    ...(directory === undefined ? {} : { directory }),
  };
}

function scaffoldersFor(
  tree: Tree,
  project: BenchProject,
  harness: string | undefined,
): readonly Scaffolder[] {
  const used = scaffolders.filter(
    (scaffolder) =>
      (harness === undefined || scaffolder.harness === harness) && scaffolder.detect(tree, project),
  );
  if (used.length === 0) {
    throw generatorErrors.create('generator/no-language', { project: project.name, root: project.root });
  }
  return used;
}

function writeNew(tree: Tree, { path, text, functions }: BenchFile, host: BenchHost): boolean {
  if (tree.exists(path)) {
    host.warn(`${path} is there already and stays as it is.`);
    return false;
  }
  tree.write(path, text);
  const open = functions.filter((fn) => openParameters(fn).length > 0).length;
  const rest =
    open === 0 ? '' : `; ${open} of them are skipped until you supply an input (search for TODO(assay))`;
  host.info(`${path}: ${functions.map(({ local }) => local).join(', ')}${rest}.`);
  return true;
}

function membershipHint(tree: Tree, { root }: BenchProject): readonly string[] {
  const globs = registeredOptions(readNxJson(tree)?.plugins)?.projects ?? [];
  return globs.some((glob) => posix.matchesGlob(root, glob))
    ? []
    : [`${root} is no project yet: add it to the option projects of the plugin nx-assay in nx.json.`];
}

function ownPackages(tree: Tree, projects: readonly ProjectView[]): ReadonlyMap<string, string> {
  return new Map(
    projects.flatMap(({ root }): readonly (readonly [string, string])[] => {
      const { name } = readManifest(tree, root);
      return typeof name === 'string' ? [[name, root]] : [];
    }),
  );
}
