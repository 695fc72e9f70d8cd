/** One command of `assay/bench.json`; its schema is in tools/bench/command-config.ts. */
export interface CommandSetting {
  readonly name: string;
  /** Program and arguments. */
  readonly command: Argv;
  /** Relative to the project root. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Once before the first run, before each, after each, and once after the last. */
  readonly steps: Readonly<Partial<Record<Step, Argv>>>;
  readonly exitCodes: 'any' | readonly number[];
  /** File for standard input, relative to `cwd`. */
  readonly input?: string;
  readonly discardOutput: boolean;
}

export type Argv = readonly [string, ...string[]];
export type Step = 'setup' | 'prepare' | 'conclude' | 'cleanup';

const STEPS: readonly Step[] = ['setup', 'prepare', 'conclude', 'cleanup'];

/** The well-formed commands of a harness's free settings; the schema of `assay/bench.json` tells of the others. */
export function commandSettings(
  settings: Readonly<Record<string, unknown>> | undefined,
): readonly CommandSetting[] {
  const commands = settings?.commands;
  if (!Array.isArray(commands)) return [];
  return commands.flatMap((entry: unknown) => {
    const given = (entry ?? {}) as Readonly<Record<string, unknown>>;
    return combinations(given.parameters).flatMap((values) => settingOf(given, values) ?? []);
  });
}

type Values = ReadonlyMap<string, string>;

function settingOf(given: Readonly<Record<string, unknown>>, values: Values): CommandSetting | undefined {
  const fill = (text: string): string => withValues(text, values);
  const argv = (value: unknown): Argv | undefined => {
    const [program, ...args] = Array.isArray(value)
      ? value.filter((part) => typeof part === 'string').map(fill)
      : [];
    return program === undefined ? undefined : [program, ...args];
  };
  const command = argv(given.command);
  if (typeof given.name !== 'string' || command === undefined) return undefined;
  const env = Object.entries(record(given.env)).filter(([, value]) => typeof value === 'string');
  const steps = STEPS.map((step) => [step, argv(given[step])] as const).filter(([, step]) => step);
  return {
    name: nameOf(given.name, values),
    command,
    cwd: typeof given.cwd === 'string' ? fill(given.cwd) : '.',
    env: Object.fromEntries(env.map(([name, value]) => [name, fill(value as string)])),
    steps: Object.fromEntries(steps),
    exitCodes: given.exitCodes === 'any' ? 'any' : codes(given.exitCodes),
    ...(typeof given.input === 'string' ? { input: fill(given.input) } : {}),
    discardOutput: given.output === 'discard',
  };
}

function codes(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((code) => typeof code === 'number') : [0];
}

/** `sort [size=10, kind=a]`; a name that mentions its parameters by itself is just filled in. */
function nameOf(name: string, values: Values): string {
  const rest = [...values].filter(([parameter]) => !name.includes(`{${parameter}}`));
  const told = rest.map(([parameter, value]) => `${parameter}=${value}`).join(', ');
  return told === '' ? withValues(name, values) : `${withValues(name, values)} [${told}]`;
}

function withValues(text: string, values: Values): string {
  return text.replace(/\{([^{}]+)\}/g, (whole, name: string) => values.get(name) ?? whole);
}

/** Every combination of the parameters' values, the last parameter running fastest; one empty one without any. */
function combinations(parameters: unknown): readonly Values[] {
  let found: Values[] = [new Map()];
  for (const [name, values] of Object.entries(record(parameters))) {
    if (!Array.isArray(values)) continue;
    found = found.flatMap((before) => values.map((value) => new Map([...before, [name, String(value)]])));
  }
  return found;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Puts a side's folders for `{projectRoot}` and `{workspaceRoot}`. */
export function fillIn(
  text: string,
  side: { readonly projectRoot: string; readonly workspaceRoot: string },
): string {
  return text.replaceAll('{projectRoot}', side.projectRoot).replaceAll('{workspaceRoot}', side.workspaceRoot);
}
