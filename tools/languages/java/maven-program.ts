import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The Maven of a project: the wrapper nearest above it, where its settings lie beside it, else `mvn` on the PATH.
 *
 * @param top the wrapper is not looked for above
 */
export function mavenProgram(folder: string, top: string): string {
  const script = process.platform === 'win32' ? 'mvnw.cmd' : 'mvnw';
  for (let at = folder; ; at = dirname(at)) {
    const wrapper = join(at, script);
    const settings = join(at, '.mvn', 'wrapper', 'maven-wrapper.properties');
    if (existsSync(settings) && isExecutable(wrapper)) return wrapper;
    if (at === top || at === dirname(at)) return process.platform === 'win32' ? 'mvn.cmd' : 'mvn';
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
