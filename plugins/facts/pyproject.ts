import { record, strings, text } from './json.ts';

/** What inference wants to know of a pyproject.toml. */
export interface PyprojectFacts {
  /** `[project].name` or `[tool.poetry].name`. */
  readonly name?: string;
  /** Names of all that it requires, normalised, extras and groups included. */
  readonly requires: readonly string[];
  /** Relative paths of dependencies (uv sources, Poetry path dependencies, `file:` requirements). */
  readonly paths: readonly string[];
}

/**
 * @param parse parser of TOML, handed in so that it is loaded only where there is something to parse
 * @throws Error where the text is not TOML
 */
export function pyprojectFacts(source: string, parse: (toml: string) => unknown): PyprojectFacts {
  const toml = record(parse(source.replace(/^\uFEFF/, '')));
  const project = record(toml.project);
  const tool = record(toml.tool);
  const poetry = record(tool.poetry);
  const uv = record(tool.uv);
  const requirements = [
    ...strings(project.dependencies),
    ...lists(project['optional-dependencies']),
    ...lists(toml['dependency-groups']),
    ...strings(uv['dev-dependencies']),
  ];
  const poetryTables = [
    poetry.dependencies,
    poetry['dev-dependencies'],
    ...Object.values(record(poetry.group)).map((group) => record(group).dependencies),
  ].map(record);
  const names = [
    ...requirements.map(requirementName),
    ...poetryTables.flatMap((table) => Object.keys(table).filter((name) => name !== 'python')),
    ...Object.keys(record(uv.sources)),
  ];
  return {
    ...text('name', project.name ?? poetry.name),
    requires: unique(names.map(normalisePythonName).filter((name) => name !== '')),
    paths: unique([
      ...Object.values(record(uv.sources)).flatMap(pathsOf),
      ...poetryTables.flatMap((table) => Object.values(table).flatMap(pathsOf)),
      ...requirements.flatMap(filePath),
    ]),
  };
}

/** The form in which names are compared: PEP 503 (`My.Lib_x` is `my-lib-x`). */
export function normalisePythonName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[-_.]+/g, '-');
}

/** `httpx[http2]>=0.27; python_version>"3.9"` → `httpx` (PEP 508). */
function requirementName(requirement: string): string {
  return /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(requirement)?.[1] ?? '';
}

/** `lib @ file:../lib` and `lib @ ../lib` name a folder; absolute paths are nobody's project. */
function filePath(requirement: string): readonly string[] {
  const found = /@\s*(?:file:(?:\/\/(?=\.))?)?(\.{1,2}[\\/][^;\s]*)/.exec(requirement)?.[1];
  return found === undefined ? [] : [found];
}

/** A source is a table, or several for different platforms. */
function pathsOf(source: unknown): readonly string[] {
  const tables = Array.isArray(source) ? source : [source];
  return tables.map((table) => record(table).path).filter((path) => typeof path === 'string');
}

function lists(table: unknown): readonly string[] {
  return Object.values(record(table)).flatMap(strings);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
