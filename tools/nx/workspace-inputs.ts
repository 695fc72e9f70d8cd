const WORKSPACE = '{workspaceRoot}/';

/**
 * Files, folders and globs of the workspace, outside of its projects' own folders, that a target names as inputs:
 * directly or by named inputs (`default` with its `sharedGlobals`), its own or those of dependencies. The folder
 * `assay/` holds policy, not code, and is left out; so are exclusions, which at worst makes more count. Pure.
 *
 * @returns paths relative to the workspace, each once
 */
export function workspaceInputs(
  inputs: readonly unknown[],
  namedInputs: Readonly<Record<string, readonly unknown[]>>,
): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const open: unknown[] = [...inputs];
  for (let input = open.pop(); input !== undefined; input = open.pop()) {
    const text = textOf(input);
    if (text === undefined) continue;
    if (text.startsWith(WORKSPACE)) {
      const path = text.slice(WORKSPACE.length).replace(/\/\*\*(?:\/\*)?$/, '');
      if (!/(?:^|\/)assay\//.test(path)) found.add(path);
      continue;
    }
    const name = text.replace(/^\^/, '');
    if (seen.has(name) || !Object.hasOwn(namedInputs, name)) continue;
    seen.add(name);
    open.push(...(namedInputs[name] ?? []));
  }
  return [...found].sort();
}

/** A fileset or the name of a named input, in any form that Nx takes. */
function textOf(input: unknown): string | undefined {
  if (typeof input === 'string') return input;
  if (typeof input !== 'object' || input === null) return undefined;
  if ('fileset' in input && typeof input.fileset === 'string') return input.fileset;
  return 'input' in input && typeof input.input === 'string' ? input.input : undefined;
}
