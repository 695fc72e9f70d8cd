import { type PomFacts, pomFacts } from '../../tools/languages/java/pom.ts';
import { type CargoToml, readCargoToml } from '../../tools/languages/rust/cargo-toml.ts';
import { type ConfigFacts, configFacts } from './capability-config.ts';
import { hasGoBenchmark, hasJavaBenchmark, type PythonHarness, pythonHarness } from './conventions.ts';
import { type GoModFacts, goImports, goModFacts, goWorkMembers } from './go-mod.ts';
import { parseObject, record, strings } from './json.ts';
import { type PackageFacts, packageFacts } from './package-json.ts';
import { type ProjectJsonFacts, projectJsonFacts } from './project-json.ts';
import { type PyprojectFacts, pyprojectFacts } from './pyproject.ts';

/** What is drawn from one file, by kind of file. Everything is plain data: it goes to a disk cache. */
export interface FactsByKind {
  readonly package: PackageFacts;
  readonly project: ProjectJsonFacts;
  readonly pyproject: PyprojectFacts;
  readonly gomod: GoModFacts;
  readonly gowork: readonly string[];
  readonly cargo: CargoToml;
  readonly pom: PomFacts;
  readonly goimports: readonly string[];
  readonly config: ConfigFacts;
  readonly pnpm: readonly string[];
  readonly lerna: readonly string[];
  readonly gobench: boolean;
  readonly javabench: boolean;
  readonly pybench: PythonHarness | null;
}

export type FactKind = keyof FactsByKind;

/** Parsers that are loaded only where a file of their kind is read for the first time. */
export interface Parsers {
  toml(text: string): unknown;
  yaml(text: string): unknown;
}

/**
 * Draws the facts of one kind from a file's text.
 *
 * @throws Error with a short reason where the text is malformed
 */
export function drawFacts<K extends FactKind>(kind: K, text: string, parsers: Parsers): FactsByKind[K] {
  return extractors[kind](text, parsers);
}

const extractors: { readonly [K in FactKind]: (text: string, parsers: Parsers) => FactsByKind[K] } = {
  package: packageFacts,
  project: projectJsonFacts,
  pyproject: (text, parsers) => pyprojectFacts(text, parsers.toml),
  gomod: goModFacts,
  gowork: goWorkMembers,
  cargo: (text, parsers) => readCargoToml(text, parsers.toml),
  pom: pomFacts,
  goimports: goImports,
  config: configFacts,
  pnpm: (text, parsers) => strings(record(parsers.yaml(text)).packages),
  lerna: (text) => strings(parseObject(text).packages),
  gobench: hasGoBenchmark,
  javabench: hasJavaBenchmark,
  pybench: (text) => pythonHarness(text) ?? null,
};
