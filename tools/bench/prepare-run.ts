import { join } from 'node:path';
import { harnesses } from '../harnesses/registry.gen.ts';
import type { Effects } from '../kernel/effects.ts';
import type { LanguageContext } from '../languages/language.ts';
import { discoverBenchmarks } from './discover.ts';
import { benchErrors } from './errors.ts';
import { type RepositoryState, repositoryState } from './repository-state.ts';
import type { BenchRequest } from './request.ts';
import { pattern } from './settings/pattern.ts';
import type { BenchSettings } from './settings/settings.ts';
import { findToolchains, type Toolchains } from './toolchains.ts';

/** Everything known before anything is built or measured. */
export interface PreparedRun {
  readonly settings: BenchSettings;
  readonly filter: RegExp | undefined;
  readonly toolchains: Toolchains;
  readonly state: RepositoryState;
  /** Lockfiles of the languages, relative to the workspace. */
  readonly lockfiles: readonly string[];
  readonly languageContext: LanguageContext;
}

/**
 * Finds benchmarks and toolchains, and asks git where we are.
 *
 * @throws AssayError for settings that name what does not exist and where there is no benchmark at all
 */
export async function prepareRun(
  request: BenchRequest,
  effects: Effects,
  settings: BenchSettings,
): Promise<PreparedRun> {
  const { workspaceRoot, project } = request;
  const filter = request.filter === undefined ? undefined : pattern(request.filter, '--filter');
  const projectRoot = join(workspaceRoot, project.root);
  const found = await discoverBenchmarks(projectRoot, settings.config, harnesses);
  if (found.length === 0) {
    const looked = settings.config.files?.join(', ') ?? 'the conventions of every harness';
    throw benchErrors.create('bench/no-benchmarks', { project: project.name, looked });
  }
  const languageContext: LanguageContext = {
    run: effects.run,
    signal: effects.signal,
    progress: (text) => effects.progress({ text: `${project.name}: ${text}` }),
  };
  const toolchains = await findToolchains(found, request, languageContext);
  const languages = new Set(toolchains.usable.flatMap((harness) => harness.languages));
  const lockfiles: string[] = [];
  for (const language of languages) lockfiles.push(...(await language.lockfiles(projectRoot, workspaceRoot)));
  const state = await repositoryState(workspaceRoot, effects.run);
  return { settings, filter, toolchains, state, lockfiles, languageContext };
}
