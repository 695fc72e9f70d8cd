import { isDeepStrictEqual } from 'node:util';
import { logger, readNxJson, type Tree, updateNxJson } from '@nx/devkit';
import { capabilities } from '../../tools/capabilities.gen.ts';
import { candidateFolders, globsFor } from '../workspace/candidates.ts';
import { explained } from '../workspace/explain.ts';
import { formatChanges } from '../workspace/format.ts';
import { assertNxVersion } from '../workspace/nx-version.ts';
import { type ReadProjects, readGraphProjects } from '../workspace/view.ts';
import { stateInputs } from './cached-targets.ts';
import { type AskGlobs, askOnTerminal, parseGlobs } from './choose-folders.ts';
import { findClashes } from './clashes.ts';
import { ignoreResults } from './ignore-results.ts';
import { leaveAssayOut } from './named-inputs.ts';
import type { InitOptions } from './options.ts';
import { mergeOptions, registeredOptions, withOptions } from './plugin-entry.ts';
import { freeProjectName } from './workspace-project.ts';

/** What the generator asks of its surroundings. */
export interface InitHost {
  readonly readProjects: ReadProjects;
  readonly askGlobs: AskGlobs;
  readonly info: (text: string) => void;
  readonly warn: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const realHost: InitHost = {
  readProjects: readGraphProjects,
  askGlobs: askOnTerminal,
  info: (text) => logger.info(text),
  warn: (text) => logger.warn(text),
  env: process.env,
};

/**
 * `nx g nx-assay:init`: sets a workspace up. Everything goes through the tree, so that a dry run is exact;
 * a second run changes nothing.
 *
 * @throws AssayError `generator/nx-too-old`
 */
export default function initGenerator(
  tree: Tree,
  options: InitOptions,
  host: InitHost = realHost,
): Promise<void> {
  return explained(() => setUp(tree, options, host));
}

async function setUp(tree: Tree, options: InitOptions, host: InitHost): Promise<void> {
  assertNxVersion();
  const projects = await host.readProjects(tree);
  await registerPlugin(tree, options, host, projects);
  writePolicy(tree, options);
  const ignore = tree.exists('.gitignore') ? (tree.read('.gitignore', 'utf-8') ?? '') : '';
  const ignoring = ignoreResults(ignore);
  if (ignoring !== ignore) tree.write('.gitignore', ignoring);
  for (const { project, target, ours } of findClashes(projects, capabilities)) {
    host.warn(
      `'${project}' has a target or npm script '${target}' of its own: ours is named '${ours}' there.`,
    );
  }
  await formatChanges(tree, options.skipFormat);
}

async function registerPlugin(
  tree: Tree,
  options: InitOptions,
  host: InitHost,
  projects: Awaited<ReturnType<ReadProjects>>,
): Promise<void> {
  const nxJson = readNxJson(tree) ?? {};
  const namedInputs = leaveAssayOut(nxJson.namedInputs);
  const inferring = host.env.NX_ADD_PLUGINS !== 'false' && nxJson.useInferencePlugins !== false;
  let plugins = nxJson.plugins;
  if (inferring) {
    const present = registeredOptions(plugins) ?? {};
    const folders = await candidateFolders(tree);
    const globs = await chooseGlobs(options, host, folders, present.projects !== undefined, projects);
    const name = options.workspaceProject ?? present.workspaceProject ?? freeProjectName(projects);
    plugins = withOptions(plugins, mergeOptions(present, globs, folders, projects, name));
  } else {
    host.warn(
      'Plugins are switched off here (NX_ADD_PLUGINS or useInferencePlugins), so nx-assay was not registered: ' +
        'add { "plugin": "nx-assay" } to plugins in nx.json, or targets with the executor nx-assay:bench.',
    );
  }
  const { targetDefaults, left } = stateInputs(nxJson.targetDefaults, projects);
  if (left.length > 0) {
    host.warn(
      `These cached targets name no inputs, so an edit in assay/ re-runs them: ${left.join(', ')}. ` +
        'Give them "inputs": ["default", "^default"], which is what Nx assumes, less assay/**.',
    );
  }
  const changed = {
    ...nxJson,
    namedInputs,
    ...(targetDefaults ? { targetDefaults } : {}),
    ...(plugins ? { plugins } : {}),
  };
  if (!isDeepStrictEqual(changed, nxJson)) updateNxJson(tree, changed);
}

async function chooseGlobs(
  options: InitOptions,
  host: InitHost,
  folders: readonly string[],
  chosenBefore: boolean,
  projects: Awaited<ReturnType<ReadProjects>>,
): Promise<readonly string[] | undefined> {
  if (options.projects !== undefined) return parseGlobs(options.projects);
  const free = folders.filter((folder) => !projects.some(({ root }) => root === folder));
  if (chosenBefore || free.length === 0) return undefined;
  const proposed = globsFor(free);
  const asked = await host.askGlobs(free, proposed);
  if (asked === undefined) {
    host.info(
      `Python, Go and Rust folders that become projects once they have something to measure: ${free.join(', ')} ` +
        `(option projects in nx.json: ${proposed.join(', ')}).`,
    );
  }
  return asked ?? proposed;
}

function writePolicy(tree: Tree, { mode = 'enforce' }: InitOptions): void {
  if (tree.exists('assay/policy.json')) return;
  const policy = { $schema: '../node_modules/nx-assay/schemas/policy.schema.json', mode };
  tree.write('assay/policy.json', `${JSON.stringify(policy, null, 2)}\n`);
}
