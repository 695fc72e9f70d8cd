import { childrenAt, parseXml, textAt, type XmlElement } from './xml.ts';

/** JMH's artefacts: what benchmarks are written with, and what makes them runnable while they are compiled. */
export const jmhArtefacts = ['jmh-core', 'jmh-generator-annprocess'] as const;
export const jmhVersion = '1.37';
const group = 'org.openjdk.jmh';

/** What a pom.xml lacks for JMH. */
export interface PomEdit {
  readonly text: string;
  /** Artefacts that were added. */
  readonly added: readonly string[];
  /** The compiler has a list of annotation processors, and JMH's is not on it. */
  readonly listedProcessors: boolean;
}

/**
 * Adds JMH's artefacts to a pom.xml for its tests, where they are missing. All else stays as it is, comments and
 * order included. Pure.
 *
 * @param wanted version of JMH where the file names none
 * @throws Error where the text is no XML
 */
export function addJmh(text: string, wanted = jmhVersion): PomEdit {
  const pom = parseXml(text);
  const own = childrenAt(pom, ['dependencies'], 'dependency');
  const known = (artefact: string): boolean => own.some((each) => isArtefact(each, artefact));
  const added = jmhArtefacts.filter((artefact) => !known(artefact));
  const version =
    textAt(
      own.find((each) => isArtefact(each, 'jmh-core')),
      'version',
    ) ?? wanted;
  const paths = childrenAt(pom, ['build', 'plugins'], 'plugin').flatMap((plugin) =>
    childrenAt(plugin, ['configuration', 'annotationProcessorPaths'], 'path'),
  );
  const listedProcessors =
    paths.length > 0 && !paths.some((path) => isArtefact(path, 'jmh-generator-annprocess'));
  return {
    text: added.length === 0 ? text : insertDependencies(text, added, version),
    added,
    listedProcessors,
  };
}

function isArtefact(element: XmlElement, artefact: string): boolean {
  return textAt(element, 'groupId') === group && textAt(element, 'artifactId') === artefact;
}

function insertDependencies(text: string, artefacts: readonly string[], version: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const place = positions(text);
  const unit = /^([ \t]+)<(?:modelVersion|artifactId|parent|groupId)>/m.exec(text)?.[1] ?? '  ';
  const rows = artefacts.flatMap((artefact) => [
    `${unit.repeat(2)}<dependency>`,
    `${unit.repeat(3)}<groupId>${group}</groupId>`,
    `${unit.repeat(3)}<artifactId>${artefact}</artifactId>`,
    `${unit.repeat(3)}<version>${version}</version>`,
    `${unit.repeat(3)}<scope>test</scope>`,
    `${unit.repeat(2)}</dependency>`,
  ]);
  const { dependenciesEnd, projectEnd } = place;
  if (dependenciesEnd !== undefined) return atLine(text, dependenciesEnd, rows, eol);
  return atLine(text, projectEnd, [`${unit}<dependencies>`, ...rows, `${unit}</dependencies>`], eol);
}

/** Puts rows before the line that an offset is on; within a line, where something stands before it. */
function atLine(text: string, offset: number, rows: readonly string[], eol: string): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const alone = text.slice(start, offset).trim() === '';
  const at = alone ? start : offset;
  return `${text.slice(0, at)}${alone ? '' : eol}${rows.join(eol)}${eol}${text.slice(at)}`;
}

/** Offsets of the closing tags of the project's own dependencies and of the project. */
function positions(text: string): { readonly dependenciesEnd?: number; readonly projectEnd: number } {
  const path: string[] = [];
  let dependenciesEnd: number | undefined;
  const tag =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[?!][^>]*>|<(\/?)([\w:.-]+)(?:"[^"]*"|'[^']*'|[^>"'])*>/g;
  for (const match of text.matchAll(tag)) {
    const [whole, slash, name] = match;
    if (name === undefined) continue;
    if (slash === '/') {
      const closed = path.join('/');
      if (closed === 'project/dependencies') dependenciesEnd = match.index;
      if (closed === 'project') {
        return { ...(dependenciesEnd === undefined ? {} : { dependenciesEnd }), projectEnd: match.index };
      }
      path.pop();
    } else if (!whole.endsWith('/>')) path.push(name);
  }
  return { projectEnd: text.length };
}
