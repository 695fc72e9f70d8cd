import type { NxJsonConfiguration } from '@nx/devkit';

type NamedInputs = NonNullable<NxJsonConfiguration['namedInputs']>;

const everything = '{projectRoot}/**/*';
const withoutAssay = '!{projectRoot}/assay/**';

/**
 * Takes `assay/**` out of `default` and `production`, so that an edited budget re-runs a check and no build.
 * `default` is created where it is absent (it is Nx's own default then, less `assay/**`); an input that
 * already leaves the folder out, itself or by one that it names, stays as it is. Pure.
 */
export function leaveAssayOut(inputs: NamedInputs | undefined): NamedInputs {
  const result: NamedInputs = { ...inputs, default: inputs?.default ?? [everything] };
  for (const name of ['default', 'production']) {
    const definition = result[name];
    if (definition && !leavesOut(result, name, new Set())) result[name] = [...definition, withoutAssay];
  }
  return result;
}

function leavesOut(inputs: NamedInputs, name: string, seen: Set<string>): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  return (inputs[name] ?? []).some((input) => {
    const text = typeof input === 'string' ? input : 'fileset' in input ? input.fileset : undefined;
    if (text === undefined) return false;
    if (text === withoutAssay || text === '!{projectRoot}/assay/**/*') return true;
    return text in inputs && leavesOut(inputs, text, seen);
  });
}
