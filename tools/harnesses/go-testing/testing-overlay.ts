import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { GoEnvironment } from '../../languages/go/go-environment.ts';
import { patchTesting } from './testing-patch.ts';

const driverFileName = 'assay_driver.go';
const driverSource = new URL('./driver.go.tmpl', import.meta.url);

/** How to start a go command that sees the driver inside its own `testing` package. */
export interface TestingOverlay {
  readonly state: 'ready';
  readonly command: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path → replacement; an empty replacement deletes. */
  readonly replace: Readonly<Record<string, string>>;
}

export type TestingOverlayResult = TestingOverlay | { readonly state: 'unknown'; readonly reason: string };

/**
 * Writes the driver and the patched `benchmark.go` to `scratch`. No file of the toolchain is touched.
 * A toolchain that go fetched by itself lies in the module cache, whose files may not be replaced: it is
 * then addressed through a link.
 */
export async function overlayTesting(go: GoEnvironment, scratch: string): Promise<TestingOverlayResult> {
  const original = join(go.GOROOT, 'src', 'testing', 'benchmark.go');
  const text = await readFile(original, 'utf8').catch(() => undefined);
  if (text === undefined) return { state: 'unknown', reason: `the Go installation has no ${original}` };
  const patched = patchTesting(text);
  if (patched.state === 'unknown') {
    return {
      state: 'unknown',
      reason: `${go.GOVERSION} has a testing package that we do not know (${patched.missing} is not where it was)`,
    };
  }
  const folder = join(scratch, 'testing');
  await mkdir(folder, { recursive: true });
  const benchmark = join(folder, 'benchmark.go');
  const driver = join(folder, driverFileName);
  await writeFile(benchmark, patched.text);
  await copyFile(driverSource, driver);
  const inCache = `${go.GOROOT}${sep}`.startsWith(`${go.GOMODCACHE}${sep}`);
  const root = inCache ? await link(go.GOROOT, join(scratch, 'goroot')) : go.GOROOT;
  const testing = join(root, 'src', 'testing');
  return {
    state: 'ready',
    command: inCache ? join(root, 'bin', 'go') : 'go',
    env: inCache ? { GOROOT: root, GOTOOLCHAIN: 'local' } : {},
    replace: { [join(testing, 'benchmark.go')]: benchmark, [join(testing, driverFileName)]: driver },
  };
}

async function link(target: string, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return path;
}

/** Replacements of an overlay that the user's own GOFLAGS name: ours would hide it. */
export async function userOverlay(goflags: string): Promise<Readonly<Record<string, string>>> {
  const path = /(?:^|\s)-?-overlay=(\S+)/.exec(goflags)?.[1];
  if (path === undefined) return {};
  const text = await readFile(path, 'utf8').catch(() => '{}');
  try {
    return (JSON.parse(text) as { Replace?: Record<string, string> }).Replace ?? {};
  } catch {
    return {};
  }
}
