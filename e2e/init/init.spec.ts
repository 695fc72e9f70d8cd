import { beforeAll, describe, expect, inject, it } from 'vitest';
import {
  commit,
  createWorkspace,
  git,
  nx,
  read,
  remove,
  type Workspace,
  write,
} from '../harness/workspace.ts';

const host = inject('host');

let ws: Workspace;
beforeAll(async () => {
  ws = await createWorkspace(host, { assay: false, python: host.tools.python !== undefined });
});

const changed = async () =>
  (await git(ws, 'status', '--porcelain', '--untracked-files=all')).split('\n').map((line) => line.trim());

/** `CREATE assay/policy.json`, `UPDATE nx.json`: what a generator says it does. */
const announced = (output: string) =>
  output
    .split('\n')
    .filter((line) => /^(CREATE|UPDATE|DELETE) /.test(line))
    .sort();

describe('nx add nx-assay', () => {
  it('changes what it says and nothing else', async () => {
    const before = JSON.parse(read(ws, 'nx.json')) as Record<string, unknown>;
    const result = await nx(ws, ['add', 'nx-assay']);
    expect(result.code, result.output).toBe(0);
    expect(await changed()).toEqual([
      'M .gitignore',
      'M nx.json',
      'M package-lock.json',
      'M package.json',
      '?? assay/policy.json',
    ]);
    expect(JSON.parse(read(ws, 'nx.json'))).toEqual({
      ...before,
      // A target without inputs would hash all files, whatever `default` leaves out.
      targetDefaults: {
        build: { cache: true, outputs: ['{projectRoot}/dist'], inputs: ['default', '^default'] },
      },
      namedInputs: { default: ['{projectRoot}/**/*', '!{projectRoot}/assay/**'] },
      plugins: [{ plugin: 'nx-assay', options: { projects: ['go/*', 'python/*'] } }],
    });
    expect(JSON.parse(read(ws, 'assay/policy.json'))).toMatchObject({ mode: 'enforce' });
    expect(read(ws, '.gitignore')).toMatch(/^\.assay\/$/m);
    expect(read(ws, 'package.json')).toContain('"nx-assay"');
    await commit(ws, 'Add nx-assay');
  });

  it('makes projects, with a target where there is something to measure', async () => {
    const shown = await nx(ws, ['show', 'projects', '--with-target', 'bench', '--json']);
    expect((JSON.parse(shown.stdout) as string[]).sort()).toEqual(['other', 'poly-price', 'stock', 'web']);
    const all = await nx(ws, ['show', 'projects', '--json']);
    expect((JSON.parse(all.stdout) as string[]).sort()).toEqual(
      ['@poly/core', 'assay', 'core', 'other', 'poly-core', 'poly-price', 'stock', 'web'].sort(),
    );
  });
});

describe('init', () => {
  it('changes nothing the second time', async () => {
    const again = await nx(ws, ['g', 'nx-assay:init', '--no-interactive']);
    expect(again.code, again.output).toBe(0);
    expect(await changed()).toEqual(['']);
    expect(announced(again.output)).toEqual([]);
  });

  it('says with --dry-run exactly what it then does', async () => {
    const begin = (await git(ws, 'rev-list', '--max-parents=0', 'HEAD')).split('\n')[0]!;
    await git(ws, 'checkout', '-q', begin, '--', 'nx.json', '.gitignore');
    remove(ws, 'assay');
    await commit(ws, 'Back to before init');
    const args = ['g', 'nx-assay:init', '--no-interactive', '--mode=observe'];
    const dry = await nx(ws, [...args, '--dry-run']);
    expect(dry.code, dry.output).toBe(0);
    expect(await changed()).toEqual(['']);
    const real = await nx(ws, args);
    expect(real.code, real.output).toBe(0);
    expect(announced(dry.output)).toEqual(announced(real.output));
    expect(announced(real.output).map((line) => line.split(' ')[1])).toEqual(
      expect.arrayContaining(['assay/policy.json', 'nx.json', '.gitignore']),
    );
    expect(await changed()).toEqual(['M .gitignore', 'M nx.json', '?? assay/policy.json']);
    expect(JSON.parse(read(ws, 'assay/policy.json'))).toMatchObject({ mode: 'observe' });
    await commit(ws, 'Init');
  });
});

describe('a target of the user with the name bench', () => {
  it('keeps its name; ours takes another, and the run says so', async () => {
    write(ws, 'packages/other/package.json', {
      ...(JSON.parse(read(ws, 'packages/other/package.json')) as object),
      scripts: { bench: 'node -e ""' },
    });
    const shown = await nx(ws, ['show', 'project', 'other', '--json']);
    const { targets } = JSON.parse(shown.stdout) as { targets: Record<string, { executor: string }> };
    expect(targets.bench!.executor).toBe('nx:run-script');
    expect(targets['assay-bench']!.executor).toBe('nx-assay:bench');
    const listed = await nx(ws, ['run', 'other:assay-bench', '--list']);
    expect(listed.code, listed.output).toBe(0);
    expect(listed.output).toContain('src/other.bench.ts › countWords');
    await git(ws, 'checkout', '-q', '.');
  });
});

describe('the bench generator', () => {
  it.each([
    ['other', 'TypeScript', /packages\/other\/\S*bench\.ts/, false],
    ['poly-core', 'Python', /python\/core\/\S*\.py/, host.tools.python === undefined],
    ['core', 'Go', /go\/core\/\S*_test\.go/, !host.tools.go],
  ])('writes benchmarks of the functions that %s has (%s)', async (project, _, pattern, missing) => {
    if (project === 'other') {
      remove(ws, 'packages/other/src/other.bench.ts');
      await commit(ws, 'No benchmark yet');
    }
    const result = await nx(ws, ['g', 'nx-assay:bench', project, '--no-interactive']);
    expect(result.code, result.output).toBe(0);
    expect((await changed()).join('\n')).toMatch(pattern);
    if (missing) return;
    const listed = await nx(ws, ['run', `${project}:bench`, '--list']);
    expect(listed.code, listed.output).toBe(0);
    expect(listed.stdout.match(/ › /g)!.length).toBeGreaterThanOrEqual(project === 'other' ? 3 : 2);
  });
});
