/** A target that the user wrote: does it say itself how it is run, or does it only adorn an inferred one? */
export interface OwnTarget {
  readonly name: string;
  /** The executor, `command` for a bare command, absent for a target that only adds to another. */
  readonly runs?: string;
}

/**
 * Parses an object from JSON as Nx does: comments and trailing commas are forgiven, a byte order mark is not.
 *
 * @throws Error where it is no JSON or no object
 */
export function parseObject(source: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    value = parseLenient(source, error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it is no object');
  return value as Record<string, unknown>;
}

function parseLenient(source: string, cause: unknown): unknown {
  const withoutComments = source.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1');
  const withoutCommas = withoutComments.replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, '$1');
  try {
    return JSON.parse(withoutCommas);
  } catch {
    throw cause;
  }
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** `{ [key]: value }` for a text that is not empty, else nothing: for optional fields. */
export function text<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  return typeof value === 'string' && value.trim() !== '' ? ({ [key]: value } as { [P in K]: string }) : {};
}

/** The targets of a project.json or of `nx.targets` in a package.json. */
export function ownTargets(value: unknown): readonly OwnTarget[] {
  return Object.entries(record(value)).map(([name, definition]) => {
    const { executor, command } = record(definition);
    if (typeof executor === 'string') return { name, runs: executor };
    return command === undefined ? { name } : { name, runs: 'command' };
  });
}
