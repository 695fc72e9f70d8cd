import type { CreateNodesResult, TargetConfiguration } from '@nx/devkit';
import type { ConfigFacts } from '../facts/capability-config.ts';
import type { LanguageId } from '../facts/conventions.ts';
import type { FactReader } from '../facts/fact-cache.ts';
import { goModuleName } from '../facts/go-mod.ts';
import { type ManifestIndex, manifestIndex } from '../facts/manifest-index.ts';
import { baseName, folderOf, inFolder } from '../facts/paths.ts';
import { type PinIndex, pinIndex, pinsAbove } from '../facts/pins.ts';
import type { ProjectFacts, WorkspaceFacts } from '../facts/project-facts.ts';
import { shadowedTargets } from '../facts/shadowed-targets.ts';
import type { Inference } from '../infer/inference.ts';
import { targetNameFor } from '../infer/target-name.ts';
import type { PluginOptions } from '../options.ts';
import { candidateFolders, neededCandidates } from './candidates.ts';
import { benchmarkEvidence, type Evidence } from './evidence.ts';
import { looseDependencies } from './loose-dependencies.ts';
import { chooseNames } from './names.ts';
import { type KnownRoot, knownRoots } from './roots.ts';
import type { Warn } from './warnings.ts';
import { workspaceProject } from './workspace-project.ts';

export interface PlanRequest {
  /** Workspace-relative POSIX paths that match the plugin's glob. */
  readonly files: readonly string[];
  readonly options: PluginOptions;
  readonly workspaceRoot: string;
  readonly workspace: WorkspaceFacts;
  readonly inferences: readonly Inference[];
  readonly reader: FactReader;
  readonly warn: Warn;
}

type Nodes = readonly (readonly [source: string, result: CreateNodesResult])[];

/** Files in, nodes out: everything that inference decides. Reads files only through the reader. */
export function planNodes(request: PlanRequest): Nodes {
  const { options, reader, warn } = request;
  const files = [...request.files].sort();
  const known = knownRoots(files, options.attach, request.workspaceRoot, reader, warn);
  const index = manifestIndex(files, reader);
  for (const { file, reason } of index.failed) warn(`${file} is left out: ${reason}.`);
  const candidates = candidateFolders(
    index,
    new Set(files.filter((file) => /(?:^|\/)(?:package|project)\.json$/.test(file)).map(folderOf)),
    new Set(known.keys()),
    options.projects,
    request.workspaceRoot,
  );
  const roots = new Set([...known.keys(), ...candidates]);
  const context: Context = {
    roots,
    request,
    known,
    index,
    evidence: benchmarkEvidence(files, roots, reader),
    configs: configsByRoot(files, reader),
    pins: pinIndex(files),
  };
  // A candidate's name is known only when all that need one are; whether it has targets does not depend on it.
  const targets = new Map(
    [...roots].map((root) => [root, targetsOf(root, known.get(root)?.name ?? root, context)]),
  );
  const measured = [...roots].filter((root) => Object.keys(targets.get(root) ?? {}).length > 0);
  const needed = neededCandidates(candidates, measured, index);
  const taken = new Set([...known.values()].map(({ name }) => name));
  const workspace = workspaceProject(request, files, known, taken);
  if (workspace !== undefined) taken.add(workspace.name);
  const names = chooseNames(
    needed.map((root) => ({
      root,
      declared: declaredName(root, index),
      manifest: manifestOf(root, index),
    })),
    taken,
    warn,
  );
  const projects = [...new Set([...measured, ...needed])].sort();
  return [
    ...(workspace?.nodes ?? []),
    ...projects.flatMap((root) => {
      const name = names.get(root);
      const own = name === undefined ? targets.get(root) : targetsOf(root, name, context);
      return nodeOf(root, name, own ?? {}, context);
    }),
  ];
}

interface Context {
  readonly roots: ReadonlySet<string>;
  readonly request: PlanRequest;
  readonly known: ReadonlyMap<string, KnownRoot>;
  readonly index: ManifestIndex;
  readonly evidence: Evidence;
  readonly configs: ReadonlyMap<string, Readonly<Record<string, ConfigFacts>>>;
  readonly pins: PinIndex;
}

function nodeOf(
  root: string,
  chosenName: string | undefined,
  targets: Record<string, TargetConfiguration>,
  context: Context,
): Nodes {
  const known = context.known.get(root);
  const name = chosenName ?? known?.name;
  if (name === undefined) return [];
  const says = known === undefined || known.attached ? { name } : {};
  return [[sourceOf(root, context), { projects: { [root]: { ...says, root, targets } } }]];
}

function targetsOf(root: string, name: string, context: Context): Record<string, TargetConfiguration> {
  const facts = factsOf(root, name, context);
  const { inferences, options, workspace } = context.request;
  const targets: Record<string, TargetConfiguration> = {};
  for (const inference of inferences) {
    const target = targetNameFor(inference.capability, options.targetNames, facts.shadowed);
    const inferred = inference.infer(facts, workspace, target);
    if (inferred !== undefined) targets[target.name] = inferred;
  }
  return targets;
}

function factsOf(root: string, name: string, context: Context): ProjectFacts {
  const known = context.known.get(root);
  const manifests: LanguageId[] = [];
  if (known?.pack !== undefined) manifests.push('typescript');
  if (context.index.pyprojects.has(root)) manifests.push('python');
  if (context.index.gomods.has(root)) manifests.push('go');
  if (context.index.cargos.has(root)) manifests.push('rust');
  if (context.index.poms.has(root)) manifests.push('java');
  return {
    root,
    name,
    manifests,
    benchmarks: context.evidence.get(root) ?? {},
    configs: context.configs.get(root) ?? {},
    pins: {
      typescript: pinsAbove(root, 'typescript', context.pins),
      python: pinsAbove(root, 'python', context.pins),
      go: pinsAbove(root, 'go', context.pins),
      rust: pinsAbove(root, 'rust', context.pins),
      java: pinsAbove(root, 'java', context.pins),
    },
    looseDependencies: looseDependencies(root, context.roots, context.index),
    shadowed: shadowedTargets(known?.pack, known?.project),
  };
}

/** The file that Nx shows as the source of the node: what shows that there is something to measure. */
function sourceOf(root: string, context: Context): string {
  const [capability] = Object.keys(context.configs.get(root) ?? {});
  if (capability !== undefined) return inFolder(root, `assay/${capability}.json`);
  const [benchmark] = Object.values(context.evidence.get(root) ?? {});
  return benchmark ?? manifestOf(root, context.index);
}

/** The manifest that makes a folder a project. */
function manifestOf(root: string, index: ManifestIndex): string {
  const names = [
    ['pyproject.toml', index.pyprojects],
    ['go.mod', index.gomods],
    ['Cargo.toml', index.cargos],
    ['pom.xml', index.poms],
  ] as const;
  return inFolder(root, names.find(([, manifests]) => manifests.has(root))?.[0] ?? 'go.mod');
}

function configsByRoot(files: readonly string[], reader: FactReader) {
  const configs = new Map<string, Record<string, ConfigFacts>>();
  for (const file of files) {
    const match = /^(?:(.+)\/)?assay\/([a-z][a-z-]*)\.(?:json|yaml)$/.exec(file);
    if (match === null || baseName(file) === 'policy.json' || baseName(file) === 'project.json') continue;
    const read = reader.read('config', file);
    const root = match[1] ?? '.';
    const found = configs.get(root) ?? {};
    found[match[2] as string] = read.state === 'read' ? read.facts : { enabled: true, hasCommands: false };
    configs.set(root, found);
  }
  return configs;
}

function declaredName(root: string, index: ManifestIndex): string | undefined {
  const module = index.gomods.get(root)?.module;
  const named = module === undefined ? undefined : goModuleName(module);
  const { pyprojects, cargos, poms } = index;
  return pyprojects.get(root)?.name ?? named ?? cargos.get(root)?.packageName ?? poms.get(root)?.artifactId;
}
