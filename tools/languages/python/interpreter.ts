import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProcessResult, RunProcess } from '../../kernel/process/types.ts';

/** Oldest Python that the drivers run on. */
export const OLDEST: readonly [number, number] = [3, 9];

/** Installed tools whose versions a Report names. */
const TOOLS = ['pytest', 'pytest-benchmark', 'pyperf', 'uv', 'poetry', 'pdm'];

/** What an interpreter says of itself. Paths are absolute; `prefix` is the virtual environment's root. */
export interface Interpreter {
  readonly command: string;
  readonly version: string;
  readonly prefix: string;
  readonly basePrefix: string;
  readonly tools: Readonly<Record<string, string>>;
  /** Names of all installed distributions, normalised (lower case, dashes). */
  readonly distributions: readonly string[];
}

/** Where an interpreter may be, most particular first; existence is not checked for bare names. */
export function interpreterCandidates(
  projectRoot: string,
  workspaceRoot: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const override = environment.ASSAY_PYTHON;
  if (override) return [override];
  const found: string[] = [];
  for (const folder of ancestors(projectRoot, workspaceRoot)) {
    found.push(...['.venv', 'venv'].flatMap((name) => environmentPython(join(folder, name))));
  }
  for (const name of ['VIRTUAL_ENV', 'CONDA_PREFIX']) {
    const active = environment[name];
    if (active) found.push(...environmentPython(active));
  }
  return [...found, 'python3', 'python'];
}

/** The interpreter of a virtual environment, where that is one. */
export function environmentPython(folder: string): readonly string[] {
  return [join(folder, 'bin', 'python'), join(folder, 'Scripts', 'python.exe')].filter((path) =>
    existsSync(path),
  );
}

/** The folder and those above it up to `root`; the folder alone where it does not lie in `root`. */
export function ancestors(folder: string, root: string): readonly string[] {
  const found = [folder];
  for (let at = folder; at !== root && at !== dirname(at); ) {
    at = dirname(at);
    found.push(at);
  }
  return found.at(-1) === root ? found : [folder];
}

const PROBE = `
import json, re, sys
try:
    from importlib.metadata import distributions
    found = {}
    for entry in distributions():
        name = entry.metadata["Name"]
        if name:
            found.setdefault(re.sub(r"[-_.]+", "-", name).lower(), entry.version)
except Exception:
    found = {}
print("\\n" + json.dumps({
    "command": sys.executable, "version": "%d.%d.%d" % sys.version_info[:3], "prefix": sys.prefix,
    "basePrefix": sys.base_prefix, "found": found,
}))
`;

/** Asks an interpreter about itself; a text says why it cannot be used. */
export async function probeInterpreter(
  command: string,
  cwd: string,
  run: RunProcess,
  signal?: AbortSignal,
): Promise<Interpreter | string> {
  const result = await run({
    command,
    args: ['-c', PROBE],
    cwd,
    env: { PYTHONPATH: undefined, PYTHONHOME: undefined },
    timeoutMs: 30_000,
    ...(signal ? { signal } : {}),
  });
  if (result.state !== 'exited' || result.code !== 0) return describeEnd(result);
  try {
    const said = JSON.parse(result.stdout.trim().split('\n').at(-1) ?? '') as {
      command: string;
      version: string;
      prefix: string;
      basePrefix: string;
      found: Record<string, string>;
    };
    const tools = TOOLS.flatMap((name) => (said.found[name] ? [[name, said.found[name]] as const] : []));
    return {
      command: said.command || command,
      version: said.version,
      prefix: said.prefix,
      basePrefix: said.basePrefix,
      tools: Object.fromEntries(tools),
      distributions: Object.keys(said.found),
    };
  } catch {
    return `it answered '${result.stdout.trim().slice(-200)}'`;
  }
}

/** True from {@link OLDEST} on. */
export function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** How a process ended, as the end of a sentence. */
export function describeEnd(result: ProcessResult): string {
  switch (result.state) {
    case 'exited':
      return `ended with exit code ${result.code}`;
    case 'signalled':
      return `was ended by ${result.signal}`;
    case 'timed-out':
      return 'took too long';
    case 'not-found':
      return `could not be started: ${result.reason}`;
  }
}
