type Table = Readonly<Record<string, unknown>>;

/** One `[[bench]]` of a manifest. */
export interface BenchEntry {
  readonly name?: string;
  readonly path?: string;
  /** `false`: the file brings its own `main`, as criterion's do. */
  readonly harness: boolean;
}

export interface Dependency {
  /** What the manifest calls it. */
  readonly name: string;
  /** The package's real name. */
  readonly package: string;
  /** Folder of a path dependency, as it is written. */
  readonly path?: string;
  /** `workspace = true`: what it is stands in the workspace's own table. */
  readonly inherited: boolean;
}

/** What of a Cargo.toml tells about benchmarks and about other folders. Plain data. */
export interface CargoToml {
  /** Absent for a virtual manifest, which is a workspace alone. */
  readonly packageName?: string;
  readonly autobenches: boolean;
  readonly benches: readonly BenchEntry[];
  /** Of all kinds and platforms. */
  readonly dependencies: readonly Dependency[];
  /** Absent where the manifest is no workspace's root. */
  readonly workspace?: readonly Dependency[];
  /** `[patch]` and `[replace]` with a path. */
  readonly patches: readonly Dependency[];
}

const KINDS = ['dependencies', 'dev-dependencies', 'build-dependencies'];

/**
 * @param parse parser of TOML, handed in so that it is loaded only where there is something to parse
 * @throws Error where the text is not TOML
 */
export function readCargoToml(text: string, parse: (toml: string) => unknown): CargoToml {
  const toml = table(parse(text.replace(/^\uFEFF/, '')));
  const { name, autobenches } = table(toml.package);
  const scopes = [toml, ...Object.values(table(toml.target)).map(table)];
  return {
    ...(typeof name === 'string' ? { packageName: name } : {}),
    autobenches: autobenches !== false,
    benches: (Array.isArray(toml.bench) ? toml.bench : []).map(table).map(benchEntry),
    dependencies: scopes.flatMap((scope) => KINDS.flatMap((kind) => dependenciesIn(scope[kind]))),
    ...(toml.workspace === undefined
      ? {}
      : { workspace: dependenciesIn(table(toml.workspace).dependencies) }),
    patches: [...Object.values(table(toml.patch)), toml.replace]
      .flatMap(dependenciesIn)
      .filter(({ path }) => path !== undefined),
  };
}

/** Folders that a manifest names, as they are written. */
export function pathsIn({ dependencies, workspace = [], patches }: CargoToml): readonly string[] {
  const paths = [...dependencies, ...workspace, ...patches].flatMap(({ path }) => path ?? []);
  return [...new Set(paths)];
}

function dependenciesIn(value: unknown): readonly Dependency[] {
  return Object.entries(table(value)).map(([name, entry]) => {
    const { package: real, path, workspace } = table(entry);
    return {
      name,
      package: typeof real === 'string' ? real : name,
      ...(typeof path === 'string' ? { path } : {}),
      inherited: workspace === true,
    };
  });
}

function benchEntry({ name, path, harness }: Table): BenchEntry {
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof path === 'string' ? { path } : {}),
    harness: harness !== false,
  };
}

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}
