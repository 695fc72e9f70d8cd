import type { NxJsonConfiguration } from '@nx/devkit';
import type { ProjectView } from '../workspace/view.ts';

type TargetDefaults = NonNullable<NxJsonConfiguration['targetDefaults']>;

export interface StatedInputs {
  readonly targetDefaults: TargetDefaults | undefined;
  /** Cached targets without inputs that could not be given any without changing others. */
  readonly left: readonly string[];
}

/** What Nx takes for a target without inputs, but by way of `default`, which leaves `assay/**` out. */
const inputs = ['default', '^default'];

/**
 * A cached target that names no inputs hashes every file of its project, whatever `default` says, and would
 * miss after an edit in `assay/`. Such targets are given the inputs that Nx assumes, by name, in
 * `targetDefaults`: only where no project states inputs for a target of that name, since the default would
 * replace what plugins infer. Pure.
 */
export function stateInputs(
  defaults: TargetDefaults | undefined,
  projects: readonly ProjectView[],
): StatedInputs {
  const result: TargetDefaults = { ...defaults };
  const left: string[] = [];
  for (const name of [...namesWithoutInputs(projects)].sort()) {
    const present = defaults?.[name];
    const elsewhere = Object.keys(defaults ?? {}).some((key) => key.includes('*') || key.includes(':'));
    if (someStateInputs(projects, name) || (present === undefined && elsewhere)) left.push(name);
    else if (Array.isArray(present)) result[name] = [{ inputs }, ...present];
    else result[name] = { ...present, inputs };
  }
  return { targetDefaults: Object.keys(result).length > 0 ? result : defaults, left };
}

function namesWithoutInputs(projects: readonly ProjectView[]): Set<string> {
  const names = new Set<string>();
  for (const { targets } of projects) {
    for (const [name, { cache, inputs: stated, executor }] of Object.entries(targets)) {
      if (cache === true && stated === undefined && !executor?.startsWith('nx-assay:')) names.add(name);
    }
  }
  return names;
}

function someStateInputs(projects: readonly ProjectView[], name: string): boolean {
  return projects.some(({ targets }) => targets[name]?.inputs !== undefined);
}
