import type { ConfigFacts } from './capability-config.ts';
import type { LanguageId } from './conventions.ts';

/** All that an inference may look at: what one project is and has. Plain data, no effects. */
export interface ProjectFacts {
  /** Folder relative to the workspace root, `.` for the root itself. */
  readonly root: string;
  readonly name: string;
  /** Languages whose manifest lies in the folder (package.json, pyproject.toml, go.mod, Cargo.toml, pom.xml). */
  readonly manifests: readonly LanguageId[];
  /** Languages whose convention shows benchmarks in the project's own files, with one such file each. */
  readonly benchmarks: Readonly<Partial<Record<LanguageId, string>>>;
  /** `assay/<capability>.json` (or `.yaml`) of the project, by capability. */
  readonly configs: Readonly<Record<string, ConfigFacts>>;
  /** Manifests, lockfiles and test settings above the project that it depends on, by language. */
  readonly pins: Readonly<Partial<Record<LanguageId, readonly string[]>>>;
  /** Folders of packages that the project needs and that no project owns. */
  readonly looseDependencies: readonly string[];
  /** Targets and npm scripts of the user's own, which win over inferred ones of the same name. */
  readonly shadowed: ReadonlySet<string>;
}

/** What an inference may know of the workspace around the project. */
export interface WorkspaceFacts {
  /** Names defined in `namedInputs` of nx.json. */
  readonly namedInputs: ReadonlySet<string>;
  /** Path of the program that prints the machine class and tool versions, relative to the workspace root. */
  readonly fingerprintEntry: string;
}
