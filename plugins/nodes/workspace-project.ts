import type { CreateNodesResult, TargetConfiguration } from '@nx/devkit';
import { targetNameFor } from '../infer/target-name.ts';
import type { PlanRequest } from './plan.ts';
import type { KnownRoot } from './roots.ts';

const ROOT = 'assay';
const POLICY = 'assay/policy.json';

/** The project of the folder `assay/` at the workspace root. */
export interface WorkspaceProject {
  readonly name: string;
  readonly nodes: readonly (readonly [string, CreateNodesResult])[];
}

/**
 * Makes the workspace project where `assay/policy.json` lies and no manifest makes one already. A name that
 * another project has would abort the graph: the project then is `assay-workspace`.
 *
 * @returns undefined where there is no such project, or where a manifest in `assay/` makes it
 */
export function workspaceProject(
  request: PlanRequest,
  files: readonly string[],
  known: ReadonlyMap<string, KnownRoot>,
  taken: ReadonlySet<string>,
): WorkspaceProject | undefined {
  if (!files.includes(POLICY)) return undefined;
  const existing = known.get(ROOT);
  const name = existing?.name ?? freeName(request, taken);
  const targets = workspaceTargets(request, name);
  if (existing !== undefined && Object.keys(targets).length === 0) return undefined;
  const own = existing === undefined ? { name } : {};
  const metadata = { description: 'What nx-assay measures and judges in this workspace as a whole.' };
  return { name, nodes: [[POLICY, { projects: { [ROOT]: { ...own, root: ROOT, metadata, targets } } }]] };
}

function freeName(request: PlanRequest, taken: ReadonlySet<string>): string {
  const wanted = request.options.workspaceProject ?? 'assay';
  if (!taken.has(wanted)) return wanted;
  let name = 'assay-workspace';
  for (let index = 2; taken.has(name); index++) name = `assay-workspace-${index}`;
  request.warn(
    `a project is called '${wanted}' already, so the project of the folder assay/ is called '${name}'. ` +
      'The plugin option workspaceProject sets another name.',
  );
  return name;
}

function workspaceTargets(request: PlanRequest, name: string): Record<string, TargetConfiguration> {
  const facts = {
    root: ROOT,
    name,
    manifests: [],
    benchmarks: {},
    configs: {},
    pins: {},
    looseDependencies: [],
    shadowed: new Set<string>(),
  };
  const targets: Record<string, TargetConfiguration> = {};
  for (const inference of request.inferences) {
    const target = targetNameFor(inference.capability, request.options.targetNames, facts.shadowed);
    const inferred = inference.inferWorkspace?.(facts, request.workspace, target);
    if (inferred !== undefined) targets[target.name] = inferred;
  }
  return targets;
}
