import { parse } from 'smol-toml';

type Table = Readonly<Record<string, unknown>>;

/** One `[[bench]]` of a manifest. */
export interface BenchEntry {
  readonly name?: string;
  readonly path?: string;
  /** `false`: the file brings its own `main`, as criterion's do. */
  readonly harness: boolean;
}

/** What of a Cargo.toml tells about benchmarks and about other folders. */
export interface CargoToml {
  /** Absent for a virtual manifest, which is a workspace alone. */
  readonly packageName?: string;
  readonly autobenches: boolean;
  readonly benches: readonly BenchEntry[];
  /** Dependencies of all kinds: what the package calls them → the package's real name. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Relative or absolute folders of path dependencies and patches, as they are written. */
  readonly paths: readonly string[];
  readonly isWorkspace: boolean;
}

/** @throws Error where the text is not TOML */
export function readCargoToml(text: string): CargoToml {
  const toml = table(parse(text.replace(/^\uFEFF/, '')));
  const pack = table(toml.package);
  const workspace = table(toml.workspace);
  const scopes = [toml, ...Object.values(table(toml.target)).map(table)];
  const own = scopes.flatMap((scope) =>
    ['dependencies', 'dev-dependencies', 'build-dependencies'].map((kind) => table(scope[kind])),
  );
  const dependencies = new Map<string, string>();
  for (const [name, value] of own.flatMap((kind) => Object.entries(kind))) {
    const real = table(value).package;
    dependencies.set(name, typeof real === 'string' ? real : name);
  }
  const patches = [...Object.values(table(toml.patch)), toml.replace].map(table);
  const paths = [...own, table(workspace.dependencies), ...patches]
    .flatMap((kind) => Object.values(kind))
    .map((value) => table(value).path)
    .filter((path) => typeof path === 'string');
  return {
    ...(typeof pack.name === 'string' ? { packageName: pack.name } : {}),
    autobenches: pack.autobenches !== false,
    benches: (Array.isArray(toml.bench) ? toml.bench : []).map(table).map(benchEntry),
    dependencies,
    paths: [...new Set(paths)],
    isWorkspace: toml.workspace !== undefined,
  };
}

function benchEntry(entry: Table): BenchEntry {
  return {
    ...(typeof entry.name === 'string' ? { name: entry.name } : {}),
    ...(typeof entry.path === 'string' ? { path: entry.path } : {}),
    harness: entry.harness !== false,
  };
}

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}
