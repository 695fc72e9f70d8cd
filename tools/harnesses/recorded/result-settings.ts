import type { Side } from '../harness.ts';

/** One entry of `results` in `assay/bench.json`: a command that writes what another tool measured. */
export interface ResultSetting {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** `-` for standard output; else a path, in which placeholders are filled in. */
  readonly file: string;
  /** Id of the format; absent where its content tells. */
  readonly format?: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The well-formed entries of a harness's free settings; the schema of `assay/bench.json` tells of the others. */
export function resultSettings(
  settings: Readonly<Record<string, unknown>> | undefined,
): readonly ResultSetting[] {
  const results = settings?.results;
  if (!Array.isArray(results)) return [];
  return results.flatMap((entry: unknown): ResultSetting[] => {
    const given = (entry ?? {}) as Readonly<Record<string, unknown>>;
    const [program, ...args] = texts(given.command);
    if (typeof given.name !== 'string' || program === undefined) return [];
    const format = typeof given.format === 'string' && given.format !== 'auto' ? given.format : undefined;
    return [
      {
        name: given.name,
        command: [program, ...args],
        file: typeof given.file === 'string' ? given.file : '{out}',
        cwd: typeof given.cwd === 'string' ? given.cwd : '.',
        env: Object.fromEntries(
          Object.entries((given.env ?? {}) as object).filter(([, value]) => typeof value === 'string'),
        ),
        ...(format === undefined ? {} : { format }),
      },
    ];
  });
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string') : [];
}

/** Puts the side's own folders, and a file of its scratch folder, in place of their names. */
export function fillIn(text: string, side: Side, out: string): string {
  return text
    .replaceAll('{projectRoot}', side.projectRoot)
    .replaceAll('{workspaceRoot}', side.workspaceRoot)
    .replaceAll('{out}', out);
}
