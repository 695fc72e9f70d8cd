import { childAt, childrenAt, parseXml, textAt, type XmlElement } from './xml.ts';

/** A Maven artefact without its version: `com.acme:core`. */
export type MavenKey = string;

export interface PomDependency {
  readonly key: MavenKey;
  /** `test-jar`, `war`, …; `jar` where none is given. */
  readonly type: string;
}

/** What we want to know of a pom.xml. Plain data. */
export interface PomFacts {
  /** Absent where the group or the artefact has no name that we can tell. */
  readonly key?: MavenKey;
  readonly artifactId?: string;
  readonly version?: string;
  /** The parent, with the path where Maven looks for it first; empty where it shall not look. */
  readonly parent?: { readonly key: MavenKey; readonly path: string };
  /** Dependencies, also those of profiles and plugins, imported lists of versions among them. */
  readonly dependencies: readonly PomDependency[];
  /** Set where the sources do not lie where Maven has them by default. */
  readonly sourceDirectory?: string;
  readonly testSourceDirectory?: string;
}

/**
 * Reads a pom.xml. Expressions are filled in as far as the file itself defines them. Pure.
 *
 * @throws Error with a short reason where the text is no pom
 */
export function pomFacts(source: string): PomFacts {
  const pom = parseXml(source);
  if (pom.name !== 'project') throw new Error(`it is no pom: its element is <${pom.name}>`);
  const fill = expressions(pom);
  const parentKey = keyOf(childAt(pom, 'parent'), fill);
  const relative = childAt(pom, 'parent', 'relativePath');
  const artifactId = fill(textAt(pom, 'artifactId'));
  const groupId = fill(textAt(pom, 'groupId') ?? textAt(pom, 'parent', 'groupId'));
  const version = fill(textAt(pom, 'version') ?? textAt(pom, 'parent', 'version'));
  const scopes = [pom, ...childrenAt(pom, ['profiles'], 'profile')];
  return {
    ...(artifactId === undefined ? {} : { artifactId }),
    ...(artifactId === undefined || groupId === undefined ? {} : { key: `${groupId}:${artifactId}` }),
    ...(version === undefined ? {} : { version }),
    ...(parentKey === undefined
      ? {}
      : { parent: { key: parentKey, path: relative ? relative.text.trim() : '../pom.xml' } }),
    dependencies: scopes.flatMap((scope) => dependenciesOf(scope, fill)),
    ...folder('sourceDirectory'),
    ...folder('testSourceDirectory'),
  };

  function folder(name: 'sourceDirectory' | 'testSourceDirectory'): Partial<Record<typeof name, string>> {
    const text = fill(textAt(pom, 'build', name));
    return text === undefined ? {} : { [name]: text.replace(/^\$\{(?:project\.)?basedir\}\/?/, '') };
  }
}

type Fill = (text: string | undefined) => string | undefined;

function dependenciesOf(scope: XmlElement, fill: Fill): readonly PomDependency[] {
  const plugins = [
    ...childrenAt(scope, ['build', 'plugins'], 'plugin'),
    ...childrenAt(scope, ['build', 'pluginManagement', 'plugins'], 'plugin'),
  ];
  const found = [
    ...childrenAt(scope, ['dependencies'], 'dependency'),
    ...childrenAt(scope, ['dependencyManagement', 'dependencies'], 'dependency').filter(
      (each) => textAt(each, 'scope') === 'import',
    ),
    ...plugins,
    ...plugins.flatMap((plugin) => childrenAt(plugin, ['dependencies'], 'dependency')),
    ...plugins.flatMap((plugin) => childrenAt(plugin, ['configuration', 'annotationProcessorPaths'], 'path')),
  ];
  return found.flatMap((each) => {
    const key = keyOf(each, fill);
    return key === undefined ? [] : [{ key, type: fill(textAt(each, 'type')) ?? 'jar' }];
  });
}

function keyOf(element: XmlElement | undefined, fill: Fill): MavenKey | undefined {
  const groupId = fill(textAt(element, 'groupId'));
  const artifactId = fill(textAt(element, 'artifactId'));
  return groupId === undefined || artifactId === undefined ? undefined : `${groupId}:${artifactId}`;
}

/** Fills in what the file defines itself; what it does not is left as it stands. */
function expressions(pom: XmlElement): Fill {
  const values = new Map(childAt(pom, 'properties')?.children.map(({ name, text }) => [name, text.trim()]));
  for (const name of ['groupId', 'artifactId', 'version']) {
    const parents = textAt(pom, 'parent', name);
    const own = textAt(pom, name) ?? (name === 'artifactId' ? undefined : parents);
    for (const prefix of ['project.', 'pom.', '']) if (own !== undefined) values.set(`${prefix}${name}`, own);
    if (parents !== undefined) values.set(`project.parent.${name}`, parents);
  }
  return (text) => {
    let filled = text;
    // A property may name another; one that names itself ends after some rounds.
    for (let round = 0; round < 5 && filled?.includes('${'); round++) {
      filled = filled.replace(/\$\{([^${}]+)\}/g, (whole, name: string) => values.get(name.trim()) ?? whole);
    }
    return filled;
  };
}
