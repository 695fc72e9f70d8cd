import { globSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { findModules, moduleClosure, ownModule } from './modules.ts';

/**
 * Files that decide what a module is built with, relative to the workspace root, sorted: its pom, those of its
 * parents and of the modules it needs, the poms above it, and Maven's settings in `.mvn`.
 */
export async function javaLockfiles(projectRoot: string, workspaceRoot: string): Promise<readonly string[]> {
  const own = ownModule(projectRoot, workspaceRoot);
  if (own === undefined) return [];
  const closure = await moduleClosure(own, await findModules(workspaceRoot), workspaceRoot);
  const found = new Set(closure?.modules.map(({ folder, file }) => join(folder, file)));
  for (let at = own; ; at = dirname(at)) {
    for (const file of globSync(['pom.xml', '.mvn/*.{xml,config,properties}', '.mvn/wrapper/*.properties'], {
      cwd: at,
    }))
      found.add(join(at, file));
    if (at === workspaceRoot || at === dirname(at)) break;
  }
  return [...found]
    .map((path) => relative(workspaceRoot, path).split(sep).join('/'))
    .filter((path) => !path.startsWith('../'))
    .sort();
}
