import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageFile } from '../../kernel/files/package-file.ts';
import type { Side } from '../harness.ts';
import type { Program } from './drive-node.ts';

/** The Vitest that a project itself would run. */
export type FoundVitest =
  | { readonly state: 'found'; readonly folder: string; readonly version: string; readonly major: number }
  | { readonly state: 'missing'; readonly what: string };

const OLDEST = 3;

export function findVitest(projectRoot: string): FoundVitest {
  try {
    const entry = createRequire(join(projectRoot, 'package.json')).resolve('vitest/package.json');
    const { version } = JSON.parse(readFileSync(entry, 'utf8')) as { version: string };
    const major = Number.parseInt(version, 10);
    if (major < OLDEST) {
      return {
        state: 'missing',
        what: `is ${version} here: nx-assay drives Vitest ${OLDEST} and newer. Update it with npm i -D vitest`,
      };
    }
    return { state: 'found', folder: dirname(entry), version, major };
  } catch {
    return { state: 'missing', what: 'is not installed here. Install it with npm i -D vitest' };
  }
}

/** Our host, which starts that Vitest with this one file and with our own way of measuring. */
export function vitestProgram(
  side: Side,
  file: string,
  vitest: Extract<FoundVitest, { state: 'found' }>,
): Program {
  const own = 'tools/harnesses/vitest';
  const major = vitest.major;
  return {
    args: [packageFile(`${own}/vitest-host-main`)],
    target: join(side.projectRoot, file),
    extra: {
      vitest: vitest.folder,
      major,
      projectRoot: side.projectRoot,
      config: configOf(side),
      engine: packageFile(major >= 5 ? `${own}/vitest-provider-main` : `${own}/vitest-runner-main`),
    },
    env: {},
  };
}

/** Vitest looks in the project root alone; a configuration at the workspace root serves too. */
function configOf(side: Side): string | undefined {
  const names = ['vitest', 'vite'].flatMap((name) =>
    ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((end) => `${name}.config.${end}`),
  );
  if (names.some((name) => existsSync(join(side.projectRoot, name)))) return undefined;
  return names.map((name) => join(side.workspaceRoot, name)).find((path) => existsSync(path));
}
