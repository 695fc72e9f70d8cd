import type { TargetConfiguration } from '@nx/devkit';
import { attemptVariable, baseVariable, FALLBACK_VARIABLE } from '../../tools/nx/environment-variables.ts';
import type { LanguageId } from '../facts/conventions.ts';
import { inFolder } from '../facts/paths.ts';
import type { ProjectFacts, WorkspaceFacts } from '../facts/project-facts.ts';

export type Inputs = NonNullable<TargetConfiguration['inputs']>;

/**
 * Own sources and those of dependencies, of those without a project too. `assay/**` is taken out here too, for workspaces whose `default`
 * still holds it: a budget of another capability must not make this target miss.
 */
export function sourceInputs(facts: ProjectFacts, workspace: WorkspaceFacts): Inputs {
  const dependencies = workspace.namedInputs.has('production') ? '^production' : '^default';
  const loose = facts.looseDependencies.map((folder) => `{workspaceRoot}/${inFolder(folder, '**/*')}`);
  return ['default', '!{projectRoot}/assay/**', dependencies, ...loose];
}

/**
 * The files of `assay/` that one capability reads. Written from the workspace root: in a standalone
 * workspace the form `{projectRoot}/assay/…` does not miss.
 */
export function configInputs(facts: ProjectFacts, names: readonly string[]): Inputs {
  return [
    ...names.map((name) => `{workspaceRoot}/${inFolder(facts.root, `assay/${name}`)}`),
    '{workspaceRoot}/assay/policy.json',
    '{workspaceRoot}/assay/templates/**/*',
  ];
}

/**
 * Third-party code. npm's is Nx's own business; for pure Python, Go, Rust and Java the default would couple them to
 * every npm package, so it is switched off and their lockfiles and manifests above the project count.
 */
export function dependencyInputs(facts: ProjectFacts, languages: readonly LanguageId[]): Inputs {
  const pins = [...new Set(languages.flatMap((language) => facts.pins[language] ?? []))];
  const files = pins.map((file) => `{workspaceRoot}/${file}`);
  return languages.includes('typescript') || languages.length === 0
    ? files
    : [...files, { externalDependencies: [] }];
}

/** The base compared with, and the attempt: the pre-execution hook sets both variables. */
export function comparisonInputs(project: string): Inputs {
  return [{ env: baseVariable(project) }, { env: attemptVariable(project) }, { env: FALLBACK_VARIABLE }];
}

/** Machine class and tool versions: a measurement from elsewhere is not this machine's. */
export function machineInput(workspace: WorkspaceFacts, languages: readonly LanguageId[]): Inputs {
  const entry = /^[\w./@+~-]+$/.test(workspace.fingerprintEntry)
    ? workspace.fingerprintEntry
    : `"${workspace.fingerprintEntry}"`;
  return [{ runtime: ['node', entry, ...languages].join(' ') }];
}
