import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import { addJmh, jmhVersion } from '../../../tools/languages/java/pom-edit.ts';
import { chooseFunctions } from '../choose.ts';
import type { Addition, BenchFile, BenchProject, Scaffolder, ScaffoldRequest } from '../scaffold.ts';
import { listFiles } from '../source-files.ts';
import { type JavaFile, type JavaMethod, scanJavaFile } from './class-scan.ts';
import { type JavaExport, renderJava } from './render.ts';
import { javaShape } from './type-shape.ts';

const sourceFolder = 'src/main/java';
const testFolder = 'src/test/java';

/** Benchmarks of JMH in a Maven module. */
export const javaScaffolder: Scaffolder = {
  language: 'java',
  harness: 'jmh',
  detect: (tree, { root }) => tree.exists(posix.join(root, 'pom.xml')) && javaFiles(tree, root).length > 0,
  plan,
  addDependencies,
};

function javaFiles(tree: Tree, folder: string): readonly string[] {
  return listFiles(tree, folder).filter(
    (file) => file.endsWith('.java') && !/(^|\/)(src\/test|target)\//.test(file),
  );
}

function plan(tree: Tree, { project, count, source, directory }: ScaffoldRequest): readonly BenchFile[] {
  const files = javaFiles(tree, posix.join(project.root, source ?? sourceFolder)).map((path) => ({
    path,
    scan: scanJavaFile(tree.read(path, 'utf-8') ?? ''),
  }));
  const typesOf = new Map(
    [...Map.groupBy(files, ({ scan }) => scan.packageName)].map(([name, members]) => [
      name,
      new Map(members.flatMap(({ scan }) => scan.types.map((type) => [type.name, type] as const))),
    ]),
  );
  const exports = files.flatMap(({ path, scan }) =>
    scan.methods.map((method) => toExport(method, path, scan, typesOf.get(scan.packageName) ?? new Map())),
  );
  const root = posix.join(project.root, directory ?? testFolder);
  const free = exports.filter((fn) => !tree.exists(pathOf(root, fn)));
  const chosen = chooseFunctions(free, count) as readonly JavaExport[];
  return [...Map.groupBy(chosen, (fn) => pathOf(root, fn))].map(([path, functions]) => {
    const { packageName, className } = functions[0] as JavaExport;
    return {
      path,
      text: renderJava(functions, { packageName, className: `${className}Benchmark` }),
      functions,
    };
  });
}

function pathOf(root: string, { packageName, className }: JavaExport): string {
  return posix.join(root, ...packageName.split('.'), `${className}Benchmark.java`);
}

/** Packages of the types that samples are made of; `java.lang` needs no import. */
const packages: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'List',
      'Collection',
      'ArrayList',
      'Set',
      'HashSet',
      'LinkedHashSet',
      'Map',
      'HashMap',
      'LinkedHashMap',
    ].map((name) => [name, 'java.util']),
  ),
  ...Object.fromEntries(['Optional', 'Locale', 'UUID'].map((name) => [name, 'java.util'])),
  ...Object.fromEntries(['BigDecimal', 'BigInteger'].map((name) => [name, 'java.math'])),
  ...Object.fromEntries(
    ['Instant', 'LocalDate', 'LocalDateTime', 'Duration'].map((name) => [name, 'java.time']),
  ),
  Pattern: 'java.util.regex',
};

function toExport(
  method: JavaMethod,
  module: string,
  scan: JavaFile,
  types: Parameters<typeof javaShape>[1],
): JavaExport {
  const words = new Set(method.parameters.flatMap(({ type }) => type.match(/(?<![\w.])[A-Z]\w*/g) ?? []));
  const imports = [...words].flatMap((word) => {
    const from = scan.imports.get(word) ?? packages[word];
    return from === undefined || types.has(word) ? [] : [`${from}.${word}`];
  });
  /** A name that the file imports from elsewhere is not the type that we know by it. */
  const foreign = (type: string): boolean =>
    (type.match(/(?<![\w.])[A-Z]\w*/g) ?? []).some((word) => {
      const from = scan.imports.get(word);
      return from !== undefined && from !== packages[word];
    });
  return {
    name: method.name,
    local: method.name,
    module,
    line: method.line,
    packageName: scan.packageName,
    className: scan.className ?? '',
    types: method.parameters.map(({ type }) => qualified(type, types)),
    returnsNothing: method.returns === 'void',
    throws: method.throws,
    imports,
    parameters: method.parameters.map(({ name, type }) => ({
      name,
      shape: foreign(type) ? { kind: 'unknown', text: type } : javaShape(type, types),
      optional: false,
      keyword: false,
      rest: false,
    })),
    async: false,
    bodyLines: method.body.split('\n').length,
    loops: /\b(?:for|while)\b|\.(?:stream|forEach|sort|split|replaceAll)\s*\(/.test(method.body),
  };
}

/** A type within a class is called by both names outside of it. */
function qualified(type: string, types: Parameters<typeof javaShape>[1]): string {
  return type.replace(/(?<![\w.])[A-Z]\w*/g, (word) => types.get(word)?.qualified ?? word);
}

function addDependencies(tree: Tree, { root }: BenchProject): Addition {
  const path = posix.join(root, 'pom.xml');
  const before = tree.read(path, 'utf-8') ?? '';
  try {
    const { text, added, listedProcessors } = addJmh(before);
    if (text !== before) tree.write(path, text);
    const said = [
      ...(added.length === 0
        ? []
        : [
            `${path}: added org.openjdk.jmh ${added.join(' and ')} for tests (${jmhVersion} where it named none).`,
          ]),
      ...(listedProcessors
        ? [
            `${path} lists the annotation processors of its compiler: add org.openjdk.jmh:jmh-generator-annprocess to annotationProcessorPaths.`,
          ]
        : []),
    ];
    return said.length === 0 ? {} : { hint: said.join(' ') };
  } catch {
    return {
      hint: `${path} could not be read: add org.openjdk.jmh:jmh-core and jmh-generator-annprocess to its test dependencies.`,
    };
  }
}
