import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRunProcess } from '../../kernel/process/run.ts';
import { type GoEnvironment, goEnvironment } from '../../languages/go/go-environment.ts';
import { buildPackage } from './build-package.ts';
import { overlayTesting, userOverlay } from './testing-overlay.ts';

const run = createRunProcess(() => undefined);
const root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-overlay-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const go = await goEnvironment(run, root, {}).then((found) =>
  found.state === 'found' ? found.go : undefined,
);
if (!go) console.warn('skipped: the overlay of package testing needs `go` on the PATH');

describe('overlayTesting', () => {
  it.skipIf(!go)(
    'goes around the rule that the module cache may not be replaced',
    async () => {
      // A toolchain that go fetched by itself lies there: here the cache is made to hold the installed one.
      const fetched: GoEnvironment = { ...go!, GOMODCACHE: dirname(go!.GOROOT) };
      const folder = join(root, 'module');
      mkdirSync(folder);
      writeFileSync(join(folder, 'go.mod'), 'module example.com/m\n\ngo 1.21\n');
      writeFileSync(
        join(folder, 'm_test.go'),
        'package m\n\nimport "testing"\n\nfunc BenchmarkM(b *testing.B) {}\n',
      );
      const overlay = await overlayTesting(fetched, join(root, 'scratch'));
      if (overlay.state !== 'ready') throw new Error(overlay.reason);
      const env = { ...overlay.env, GOMODCACHE: fetched.GOMODCACHE };
      const request = { folder, binary: join(root, 'scratch', 'm.test'), replace: overlay.replace };
      const build = await buildPackage(request, { run, command: overlay.command, env, trimPath: true });
      expect(build).toMatchObject({ state: 'built' });
      const listed = execFileSync(request.binary, ['-test.list=.'], { encoding: 'utf8' });
      expect(listed).toBe('BenchmarkM\n');
    },
    120_000,
  );

  it('says which installation it does not know', async () => {
    const GOROOT = join(root, 'goroot');
    mkdirSync(join(GOROOT, 'src', 'testing'), { recursive: true });
    const strange = { GOROOT, GOVERSION: 'go9.9', GOMODCACHE: '', GOMOD: '', GOWORK: '', GOFLAGS: '' };
    expect(await overlayTesting(strange, join(root, 'scratch'))).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('the Go installation has no'),
    });
    writeFileSync(join(GOROOT, 'src', 'testing', 'benchmark.go'), 'package testing\n');
    expect(await overlayTesting(strange, join(root, 'scratch'))).toEqual({
      state: 'unknown',
      reason:
        'go9.9 has a testing package that we do not know (the collection of garbage before a run is not where it was)',
    });
  });
});

describe('userOverlay', () => {
  it('reads the overlay of GOFLAGS, which ours would hide', async () => {
    const path = join(root, 'overlay.json');
    writeFileSync(path, '{"Replace": {"/a.go": "/b.go"}}');
    expect(await userOverlay(`-mod=mod -overlay=${path}`)).toEqual({ '/a.go': '/b.go' });
    expect(await userOverlay('-overlay=/nowhere')).toEqual({});
    expect(await userOverlay('')).toEqual({});
  });
});
