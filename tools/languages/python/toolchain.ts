import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageContext, Toolchain } from '../language.ts';
import {
  ancestors,
  environmentPython,
  type Interpreter,
  interpreterCandidates,
  isSupported,
  OLDEST,
  probeInterpreter,
} from './interpreter.ts';

export type Found =
  | { readonly state: 'found'; readonly interpreter: Interpreter }
  | Extract<Toolchain, { state: 'missing' }>;

const WANTED = `Python ${OLDEST.join('.')} or later`;

/**
 * The interpreter of a project: `ASSAY_PYTHON`, a virtual environment of the project or of a folder above
 * it, Poetry's, the active one, and then whatever `python3` is.
 */
export async function findInterpreter(
  projectRoot: string,
  workspaceRoot: string,
  context: LanguageContext,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Found> {
  const tried: string[] = [];
  for (const candidate of await candidates(projectRoot, workspaceRoot, context, environment)) {
    const answer = await probeInterpreter(candidate, projectRoot, context.run, context.signal);
    if (typeof answer === 'string') tried.push(`${candidate} ${answer}`);
    else if (isSupported(answer.version)) return { state: 'found', interpreter: answer };
    else tried.push(`${candidate} is Python ${answer.version}`);
  }
  return {
    state: 'missing',
    what: `No ${WANTED} was found (${tried.join('; ')}).`,
    remedy: environment.ASSAY_PYTHON
      ? `ASSAY_PYTHON names '${environment.ASSAY_PYTHON}': make it the path of ${WANTED}, or unset it.`
      : `Install ${WANTED}, make a virtual environment in the project (uv sync, or python3 -m venv .venv), or set ASSAY_PYTHON to the path of an interpreter.`,
  };
}

/** {@link findInterpreter} as the contract of a language has it. */
export async function pythonToolchain(
  projectRoot: string,
  workspaceRoot: string,
  context: LanguageContext,
): Promise<Toolchain> {
  const found = await findInterpreter(projectRoot, workspaceRoot, context);
  if (found.state === 'missing') return found;
  const { command, version, tools } = found.interpreter;
  return { state: 'found', command, version, tools };
}

async function candidates(
  projectRoot: string,
  workspaceRoot: string,
  context: LanguageContext,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const plain = interpreterCandidates(projectRoot, workspaceRoot, environment);
  const folders = ancestors(projectRoot, workspaceRoot);
  const poetry = folders.find((folder) => existsSync(join(folder, 'poetry.lock')));
  if (environment.ASSAY_PYTHON || !poetry || folders.some(hasOwnEnvironment)) return plain;
  // Poetry keeps virtual environments elsewhere and alone knows where.
  const result = await context.run({
    command: 'poetry',
    args: ['env', 'info', '--path'],
    cwd: poetry,
    timeoutMs: 30_000,
  });
  const path = result.state === 'exited' && result.code === 0 ? result.stdout.trim() : '';
  return path === '' ? plain : [...environmentPython(path), ...plain];
}

/** True where a virtual environment lies in the folder. */
export function hasOwnEnvironment(folder: string): boolean {
  return ['.venv', 'venv'].some((name) => environmentPython(join(folder, name)).length > 0);
}
