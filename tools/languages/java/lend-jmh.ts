import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import { findModules, type MavenModule, moduleClosure, ownModule } from './modules.ts';
import { addJmh } from './pom-edit.ts';
import { childAt, parseXml, textAt, type XmlElement } from './xml.ts';

const group = 'org.openjdk.jmh';

/**
 * Gives the base JMH where only head has it: both sides run head's benchmarks, and the first ones of a project find
 * no JMH in the base's poms. The base is a checkout of ours, so its own pom.xml is the place. All else that the base
 * depends on is its own business.
 */
export async function lendJmh(base: Side, head: Side): Promise<void> {
  const own = ownModule(head.projectRoot, head.workspaceRoot);
  if (own === undefined) return;
  const there = join(base.repoRoot, relative(head.repoRoot, own));
  const [mine, theirs] = [await pomsOf(own, head), await pomsOf(there, base)];
  if (!usesJmh(mine) || theirs.length === 0 || usesJmh(theirs)) return;
  const path = join(there, 'pom.xml');
  const edit = addJmh(await readFile(path, 'utf8'), versionIn(mine));
  await writeFile(path, edit.text);
}

/** Texts of a module's pom and of those above it and beside it that it needs; none where there is no module. */
async function pomsOf(folder: string, side: Side): Promise<readonly XmlElement[]> {
  const closure = await moduleClosure(folder, await findModules(side.workspaceRoot), side.repoRoot);
  const wanted: readonly MavenModule[] = closure ? [closure.own, ...closure.modules] : [];
  const texts = await Promise.all(wanted.map((module) => readFile(join(module.folder, module.file), 'utf8')));
  return texts.map(parseXml);
}

function usesJmh(poms: readonly XmlElement[]): boolean {
  return poms.some((pom) => artefacts(pom).some((each) => textAt(each, 'artifactId') === 'jmh-core'));
}

/** Version of JMH by the first pom that names one; an expression is filled in from whichever pom defines it. */
function versionIn(poms: readonly XmlElement[]): string | undefined {
  const named = poms
    .flatMap(artefacts)
    .map((each) => textAt(each, 'version'))
    .find((version) => version !== undefined);
  const property = /^\$\{([^}]+)\}$/.exec(named ?? '')?.[1];
  if (property === undefined) return named;
  return poms.map((pom) => textAt(pom, 'properties', property)).find((value) => value !== undefined);
}

/** JMH's artefacts among the dependencies of a pom, plain and managed. */
function artefacts(pom: XmlElement): readonly XmlElement[] {
  const lists = [childAt(pom, 'dependencies'), childAt(pom, 'dependencyManagement', 'dependencies')];
  return lists.flatMap((list) => list?.children ?? []).filter((each) => textAt(each, 'groupId') === group);
}
