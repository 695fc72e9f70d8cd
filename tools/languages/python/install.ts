import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse, type TomlTable } from 'smol-toml';
import type { Side } from '../../harnesses/harness.ts';
import type { ProcessResult } from '../../kernel/process/types.ts';
import { languageErrors } from '../errors.ts';
import type { LanguageContext } from '../language.ts';
import { describeEnd, environmentPython } from './interpreter.ts';
import { lockfilesOf, pinningFolder, requirementFiles } from './manifests.ts';
import { pinsDigest } from './pins.ts';
import { findInterpreter } from './toolchain.ts';

const TIMEOUT_MS = 15 * 60_000;
const MEASURING = ['pytest', 'pytest-benchmark', 'pyperf'];
const EXTRAS = /^(dev|devel|development|tests?|testing|bench|benches|benchmarks?|perf)$/;

/** How each lockfile is installed; `generous` is tried first and may fail. */
const LOCKS: readonly {
  readonly file: string;
  readonly command: string;
  readonly generous?: (python: string) => readonly string[];
  readonly install: (python: string) => readonly string[];
}[] = [
  {
    file: 'uv.lock',
    command: 'uv',
    generous: (python) => ['sync', '--frozen', '--all-packages', '--python', python, '--all-groups'],
    install: (python) => ['sync', '--frozen', '--all-packages', '--python', python],
  },
  { file: 'poetry.lock', command: 'poetry', install: () => ['install', '--no-interaction'] },
  { file: 'pdm.lock', command: 'pdm', install: () => ['sync', '--dev', '--group', ':all'] },
  { file: 'Pipfile.lock', command: 'pipenv', install: () => ['sync', '--dev'] },
];

/** True where one virtual environment serves both sides. */
export function pinsEqual(base: Side, head: Side): boolean {
  const files = (side: Side) => lockfilesOf(side.projectRoot, side.workspaceRoot);
  const both = [...new Set([...files(base), ...files(head)])].sort();
  return pinsDigest(base.workspaceRoot, both) === pinsDigest(head.workspaceRoot, both);
}

/**
 * Gives the base its dependencies: head's where the pins are equal, else a virtual environment of its own in
 * the base checkout, beside the lockfile.
 *
 * @throws AssayError `base/install-failed`
 */
export async function shareDependencies(base: Side, head: Side, context: LanguageContext): Promise<void> {
  if (pinsEqual(base, head)) return;
  const folder = pinningFolder(base.projectRoot, base.workspaceRoot);
  if (folder === undefined || environmentPython(join(folder, '.venv')).length > 0) return;
  context.progress(
    `installing the base's Python dependencies in ${relative(base.repoRoot, folder) || '.'}: its pins differ`,
  );
  const found = await findInterpreter(head.projectRoot, head.workspaceRoot, context);
  if (found.state === 'missing') throw failed(folder, 'python3', found.what, '');
  const { command: python, tools, basePrefix } = found.interpreter;
  const steps = new Steps(folder, context);

  const lock = LOCKS.find(({ file }) => existsSync(join(folder, file)));
  if (lock) {
    // pip knows nothing of these lockfiles: it would install other versions, or strangers of the same name.
    const own = tools[lock.command] ? join(dirname(python), lock.command) : undefined;
    const command = own && existsSync(own) ? own : lock.command;
    if (lock.generous && (await steps.works(command, lock.generous(python)))) return;
    return steps.must(command, lock.install(python));
  }
  // With the interpreter below the head's environment: a nested one would see what that has installed.
  const plain = environmentPython(basePrefix)[0] ?? python;
  await steps.must(plain, ['-m', 'venv', '.venv']);
  const own = environmentPython(join(folder, '.venv'))[0] ?? python;
  const wanted = MEASURING.flatMap((name) => (tools[name] ? [`${name}==${tools[name]}`] : []));
  const asked = [...requirementArguments(folder), ...editableArguments(folder), ...wanted];
  if (folder !== base.projectRoot) asked.push(...editableArguments(base.projectRoot));
  await steps.must(own, ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', ...asked]);
}

function requirementArguments(folder: string): readonly string[] {
  return requirementFiles(folder).flatMap((name) => [name.startsWith('c') ? '-c' : '-r', join(folder, name)]);
}

/** `-e <folder>[extras]` and what its groups of development dependencies name. */
function editableArguments(folder: string): readonly string[] {
  const buildable = ['pyproject.toml', 'setup.py'].some((name) => existsSync(join(folder, name)));
  if (!buildable) return [];
  let manifest: TomlTable = {};
  try {
    manifest = parse(readFileSync(join(folder, 'pyproject.toml'), 'utf8'));
  } catch {
    // pip will say what is wrong with it
  }
  const project = (manifest.project ?? {}) as TomlTable;
  const extras = Object.keys((project['optional-dependencies'] ?? {}) as TomlTable).filter((name) =>
    EXTRAS.test(name),
  );
  const groups = Object.entries((manifest['dependency-groups'] ?? {}) as TomlTable)
    .filter(([name]) => EXTRAS.test(name))
    .flatMap(([, entries]) => (Array.isArray(entries) ? entries : []))
    .filter((entry) => typeof entry === 'string');
  const onlyTools = manifest.project === undefined && manifest['build-system'] === undefined;
  if (onlyTools && !existsSync(join(folder, 'setup.py'))) return groups;
  return ['-e', extras.length > 0 ? `${folder}[${extras.join(',')}]` : folder, ...groups];
}

/** Commands of an installation, in the folder of the lockfile. */
class Steps {
  readonly #folder: string;
  readonly #context: LanguageContext;

  constructor(folder: string, context: LanguageContext) {
    this.#folder = folder;
    this.#context = context;
  }

  async works(command: string, args: readonly string[]): Promise<boolean> {
    const result = await this.#run(command, args);
    return result.state === 'exited' && result.code === 0;
  }

  async must(command: string, args: readonly string[]): Promise<void> {
    const result = await this.#run(command, args);
    if (result.state === 'exited' && result.code === 0) return;
    const output = result.state === 'not-found' ? '' : lastLines(`${result.stdout}\n${result.stderr}`);
    const why =
      result.state === 'not-found'
        ? `could not be started (${result.reason}): install ${command} and put it on the PATH`
        : describeEnd(result);
    throw failed(this.#folder, [command, ...args].join(' '), why, output);
  }

  #run(command: string, args: readonly string[]): Promise<ProcessResult> {
    const { run, signal } = this.#context;
    return run({
      command,
      args,
      cwd: this.#folder,
      env: {
        // The environment of the base, whatever is active.
        VIRTUAL_ENV: undefined,
        CONDA_PREFIX: undefined,
        PYTHONPATH: undefined,
        UV_PROJECT_ENVIRONMENT: join(this.#folder, '.venv'),
        POETRY_VIRTUALENVS_IN_PROJECT: 'true',
        PDM_IGNORE_ACTIVE_VENV: '1',
        PIPENV_VENV_IN_PROJECT: '1',
      },
      timeoutMs: TIMEOUT_MS,
      ...(signal ? { signal } : {}),
    });
  }
}

function failed(folder: string, command: string, why: string, output: string) {
  return languageErrors.create('base/install-failed', { language: 'Python', folder, command, why, output });
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-12).join('\n');
}
