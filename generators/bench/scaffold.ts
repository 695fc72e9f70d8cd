import type { GeneratorCallback, Tree } from '@nx/devkit';
import type { FoundProject } from '../workspace/find-project.ts';
import type { ExportedFunction } from './exported-function.ts';

/** The project that gets benchmarks. */
export type BenchProject = FoundProject;

export interface ScaffoldRequest {
  readonly project: BenchProject;
  /** Functions to measure at most. */
  readonly count: number;
  /** Folder of the sources, relative to the project; where absent, what the project shows to others. */
  readonly source?: string;
  /** Folder of the benchmark files, relative to the project; the language's convention where absent. */
  readonly directory?: string;
  /** Roots of the workspace's own npm packages, by package name: their types are read too. */
  readonly packages: ReadonlyMap<string, string>;
}

/** A benchmark file to write. */
export interface BenchFile {
  readonly path: string;
  readonly text: string;
  readonly functions: readonly ExportedFunction[];
}

/** How one language gets its benchmarks. */
export interface Scaffolder {
  readonly language: string;
  readonly harness: string;
  /** True where the project has sources of this language. */
  detect(tree: Tree, project: BenchProject): boolean;
  /** The files that it would write; none where no function is exported. Reads only. */
  plan(tree: Tree, request: ScaffoldRequest): readonly BenchFile[];
  /** Adds what the benchmarks need to run; keeps what is there. Returns what is left to do. */
  addDependencies(tree: Tree, project: BenchProject): Addition;
}

/** What was added for the benchmarks. */
export interface Addition {
  readonly install?: GeneratorCallback;
  /** One line for the reader, where something is left to do. */
  readonly hint?: string;
}
