/** One command of `assay/bench.json`. */
export interface CommandSetting {
  readonly name: string;
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]];
  /** Relative to the project root. */
  readonly cwd: string;
}

/** The well-formed commands of a harness's free settings; the schema of `assay/bench.json` tells of the others. */
export function commandSettings(
  settings: Readonly<Record<string, unknown>> | undefined,
): readonly CommandSetting[] {
  const commands = settings?.commands;
  if (!Array.isArray(commands)) return [];
  return commands.flatMap((entry: unknown) => {
    const { name, command, cwd } = (entry ?? {}) as Record<string, unknown>;
    const [program, ...args] = Array.isArray(command)
      ? command.filter((part) => typeof part === 'string')
      : [];
    if (typeof name !== 'string' || program === undefined) return [];
    return [{ name, command: [program, ...args] as const, cwd: typeof cwd === 'string' ? cwd : '.' }];
  });
}

/** Puts a side's folders for `{projectRoot}` and `{workspaceRoot}`. */
export function fillIn(
  text: string,
  side: { readonly projectRoot: string; readonly workspaceRoot: string },
): string {
  return text.replaceAll('{projectRoot}', side.projectRoot).replaceAll('{workspaceRoot}', side.workspaceRoot);
}
