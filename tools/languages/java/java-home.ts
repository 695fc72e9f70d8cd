import { existsSync } from 'node:fs';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * How to start a program of the JDK: that of JAVA_HOME, as Maven itself does it, else the one on the PATH.
 *
 * @param env what is inherited with the side's own laid over it
 */
export function javaProgram(name: 'java' | 'javac', env: Env): string {
  const home = env.JAVA_HOME ?? '';
  const path = join(home, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return home !== '' && existsSync(path) ? path : name;
}
