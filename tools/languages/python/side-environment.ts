import { delimiter, join } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import type { LanguageContext } from '../language.ts';
import { ancestors } from './interpreter.ts';
import { type PythonProject, pythonProjects } from './projects.ts';
import { type Found, findInterpreter, hasOwnEnvironment } from './toolchain.ts';

/** Folder of `sitecustomize.py` and of what the drivers share, copied beside this module's place in dist. */
export const RUNTIME = join(import.meta.dirname, 'runtime');

/**
 * Environment of every Python process of a side, drivers and commands alike: the interpreter to use
 * (`ASSAY_PYTHON`: the side's own, or else the other's), and a `sitecustomize` that makes the process load
 * this side's copies of workspace packages (runtime/assay_runtime/tree.py says how).
 */
export async function sideEnvironment(
  side: Side,
  other: Side,
  context: LanguageContext,
  inherited: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Readonly<Record<string, string | undefined>>> {
  const found = await interpreterFor(side, other, context, inherited);
  if (found.state === 'missing') return {};
  const { command, distributions } = found.interpreter;
  return {
    ASSAY_PYTHON: command,
    ASSAY_PYTHON_TREE: treeSetting(side, other, installed(side, distributions)),
    PYTHONPATH: [RUNTIME, ...(inherited.PYTHONPATH ? [inherited.PYTHONPATH] : [])].join(delimiter),
    // A prefix for all compiled code would have each run compile the standard library anew.
    PYTHONPYCACHEPREFIX: undefined,
  };
}

/** A base has a virtual environment of its own only where its pins differ (see install.ts): then that, always. */
async function interpreterFor(
  side: Side,
  other: Side,
  context: LanguageContext,
  inherited: Readonly<Record<string, string | undefined>>,
): Promise<Found> {
  if (side.name === 'head') {
    return findInterpreter(side.projectRoot, side.workspaceRoot, context, inherited);
  }
  if (ancestors(side.projectRoot, side.workspaceRoot).some(hasOwnEnvironment)) {
    const { ASSAY_PYTHON: _, ...rest } = inherited;
    const own = await findInterpreter(side.projectRoot, side.workspaceRoot, context, rest);
    if (own.state === 'found') return own;
  }
  return findInterpreter(other.projectRoot, other.workspaceRoot, context, inherited);
}

/** Projects of the side's workspace that the environment knows, and the measured one, installed or not. */
function installed(side: Side, distributions: readonly string[]): readonly PythonProject[] {
  const known = new Set(distributions);
  return pythonProjects(side.workspaceRoot).filter(
    ({ name, folder }) => known.has(name) || folder === side.projectRoot,
  );
}

/** Records divided by RS, fields by US: `own, other` and then `module, folder` each. */
export function treeSetting(side: Side, other: Side, projects: readonly PythonProject[]): string {
  const records = [
    [side.repoRoot, other.repoRoot],
    ...projects.flatMap(({ modules }) => Object.entries(modules)),
  ];
  return records.map((fields) => fields.join('\x1f')).join('\x1e');
}
