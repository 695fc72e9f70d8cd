import { type OwnTarget, ownTargets, parseObject, record, strings, text } from './json.ts';

/** What inference wants to know of a package.json. */
export interface PackageFacts {
  readonly name?: string;
  /** `nx.name`, which wins over `name` in Nx. */
  readonly nxName?: string;
  readonly hasNx: boolean;
  /** Scripts that Nx makes targets of: all, or those in `nx.includedScripts`. */
  readonly scripts: readonly string[];
  readonly targets: readonly OwnTarget[];
  readonly workspaces: readonly string[];
}

/** @throws Error where the text is not a JSON object */
export function packageFacts(source: string): PackageFacts {
  const json = parseObject(source);
  const nx = record(json.nx);
  const workspaces = json.workspaces;
  const included = nx.includedScripts;
  return {
    ...text('name', json.name),
    ...text('nxName', nx.name),
    hasNx: Boolean(json.nx),
    scripts: Array.isArray(included) ? strings(included) : Object.keys(record(json.scripts)),
    targets: ownTargets(nx.targets),
    workspaces: Array.isArray(workspaces) ? strings(workspaces) : strings(record(workspaces).packages),
  };
}
