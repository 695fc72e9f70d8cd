import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Side } from '../../harnesses/harness.ts';
import { scratchFolder } from '../../kernel/files/spec-scratch.ts';
import type { Belonging } from '../../kernel/process/belongings.ts';
import type { Guardian } from '../../kernel/process/guardian.ts';
import { runProcess } from '../../kernel/process/run.ts';
import { overlayFiles, withBaseCheckout } from './index.ts';

const scratch = scratchFolder("base spec 'q' \n");
let counter = 0;

function put(root: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** A workspace in a sub folder of its repository, with two commits and a dirty tree. */
function repository() {
  const repoRoot = join(scratch, `repo ${counter++}`);
  const workspaceRoot = join(repoRoot, 'my workspace');
  const projectRoot = join(workspaceRoot, 'libs', 'it’s one');
  mkdirSync(projectRoot, { recursive: true });
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: repoRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).replace(/\n$/, '');
  git('init', '-q', '-b', 'main');
  put(projectRoot, {
    'src/a.ts': 'base',
    'bench/a.bench.ts': 'base bench',
    'bench/data/x.json': 'base data',
  });
  put(repoRoot, { 'README.md': 'read' });
  git('add', '.');
  git('commit', '-q', '-m', 'base');
  const base = git('rev-parse', 'HEAD');
  put(projectRoot, { 'src/a.ts': 'head', 'bench/a.bench.ts': 'head bench' });
  put(workspaceRoot, { 'libs/new/a.ts': 'new' });
  git('add', '.');
  git('commit', '-q', '-m', 'head');
  put(projectRoot, { 'src/a.ts': 'dirty', 'src/untracked.ts': 'untracked' });
  const options = { repoRoot, workspaceRoot, projectRoot, commit: base, run: runProcess };
  return { ...options, options, git, base };
}

/** All that a comparison must leave as it was. */
function stateOf(repo: ReturnType<typeof repository>): unknown {
  return {
    status: repo.git('status', '--porcelain', '-z'),
    refs: repo.git('for-each-ref'),
    head: readFileSync(join(repo.repoRoot, '.git', 'HEAD'), 'utf8'),
    index: repo.git('ls-files', '--stage', '-z'),
    config: readFileSync(join(repo.repoRoot, '.git', 'config'), 'utf8'),
    stash: repo.git('stash', 'list'),
    worktrees: repo.git('worktree', 'list', '--porcelain'),
  };
}

describe('withBaseCheckout', () => {
  it('puts the base beside a dirty tree and takes it away again', async () => {
    const repo = repository();
    const before = stateOf(repo);
    const seen = await withBaseCheckout(repo.options, async (base, head, folders) => {
      expect(readFileSync(join(base.projectRoot, 'src', 'a.ts'), 'utf8')).toBe('base');
      expect(readFileSync(join(head.projectRoot, 'src', 'a.ts'), 'utf8')).toBe('dirty');
      expect(existsSync(join(base.projectRoot, 'src', 'untracked.ts'))).toBe(false);
      expect(base.workspaceRoot).toBe(join(base.repoRoot, 'my workspace'));
      expect(base.projectRoot).toBe(join(base.workspaceRoot, 'libs', 'it’s one'));
      expect(realpathSync(base.projectRoot)).toBe(base.projectRoot);
      expect(base.repoRoot.startsWith(repo.repoRoot)).toBe(false);
      expect(folders.base.length).toBe(folders.head.length);
      expect([...readdirSync(folders.base), ...readdirSync(folders.head)]).toEqual([]);
      writeFileSync(join(base.projectRoot, 'left over'), '');
      return base;
    });
    expect(existsSync(dirname(seen.repoRoot))).toBe(false);
    expect(stateOf(repo)).toEqual(before);
  });

  it('takes it away after an error and an abort too', async () => {
    const repo = repository();
    const before = stateOf(repo);
    let path = '';
    const failing = withBaseCheckout(repo.options, async (base) => {
      path = base.repoRoot;
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(path)).toBe(false);
    const controller = new AbortController();
    const aborted = withBaseCheckout({ ...repo.options, signal: controller.signal }, async (base) => {
      path = base.repoRoot;
      controller.abort(new Error('enough'));
      controller.signal.throwIfAborted();
    });
    await expect(aborted).rejects.toThrow('enough');
    expect(existsSync(path)).toBe(false);
    expect(stateOf(repo)).toEqual(before);
  });

  it('tells the guardian of all that it makes, before it makes it', async () => {
    const repo = repository();
    const owned = new Map<string, Belonging>();
    const keeper: Guardian = {
      own: (one) => {
        if (one.kind === 'worktree') expect(existsSync(one.path)).toBe(false);
        owned.set(one.kind, one);
      },
      drop: (one) => void owned.delete(one.kind),
      finish: async () => {},
    };
    await withBaseCheckout({ ...repo.options, keeper }, async (base) => {
      expect(owned.get('worktree')).toEqual({ kind: 'worktree', repo: repo.repoRoot, path: base.repoRoot });
      expect(owned.get('folder')).toEqual({ kind: 'folder', path: dirname(base.repoRoot) });
    });
    expect(owned.size).toBe(0);
  });

  it('runs no hook', async () => {
    const repo = repository();
    const marker = join(scratch, `hook ran ${counter++}`);
    put(repo.repoRoot, { '.git/hooks/post-checkout': `#!/bin/sh\ntouch "${marker}"\n` });
    chmodSync(join(repo.repoRoot, '.git', 'hooks', 'post-checkout'), 0o755);
    await withBaseCheckout(repo.options, async () => {});
    expect(existsSync(marker)).toBe(false);
  });

  it('leaves large files pointers, with git-lfs or without', async () => {
    const repo = repository();
    put(repo.repoRoot, {
      '.gitattributes': '*.bin filter=lfs\n',
      'my workspace/big.bin': 'version https://git-lfs\n',
    });
    repo.git('add', '.');
    repo.git('commit', '-q', '-m', 'large');
    repo.git('config', 'filter.lfs.smudge', 'false');
    repo.git('config', 'filter.lfs.process', 'false');
    repo.git('config', 'filter.lfs.required', 'true');
    const commit = repo.git('rev-parse', 'HEAD');
    const text = await withBaseCheckout({ ...repo.options, commit }, async (base) =>
      readFileSync(join(base.workspaceRoot, 'big.bin'), 'utf8'),
    );
    expect(text).toBe('version https://git-lfs\n');
  });

  it('works from a detached head, a linked worktree and a path through a link', async () => {
    const repo = repository();
    const linked = join(scratch, `linked ${counter++}`);
    repo.git('worktree', 'add', '-q', '--detach', linked, 'HEAD');
    const alias = join(scratch, `alias ${counter++}`);
    symlinkSync(linked, alias);
    const workspaceRoot = join(alias, 'my workspace');
    const options = {
      ...repo.options,
      repoRoot: alias,
      workspaceRoot,
      projectRoot: join(workspaceRoot, 'libs', 'it’s one'),
    };
    const before = stateOf(repo);
    await withBaseCheckout(options, async (base, head) => {
      expect(head.repoRoot).toBe(linked);
      expect(readFileSync(join(base.projectRoot, 'src', 'a.ts'), 'utf8')).toBe('base');
    });
    expect(stateOf(repo)).toEqual(before);
  });

  it('lets two comparisons of one repository go side by side', async () => {
    const repo = repository();
    const before = stateOf(repo);
    const texts = await Promise.all(
      [1, 2, 3].map(() =>
        withBaseCheckout(repo.options, async (base) =>
          readFileSync(join(base.projectRoot, 'src', 'a.ts'), 'utf8'),
        ),
      ),
    );
    expect(texts).toEqual(['base', 'base', 'base']);
    expect(stateOf(repo)).toEqual(before);
  });

  it('says that a project is not at the base', async () => {
    const repo = repository();
    const projectRoot = join(repo.workspaceRoot, 'libs', 'new');
    const pending = withBaseCheckout({ ...repo.options, projectRoot }, async () => {});
    await expect(pending).rejects.toMatchObject({
      code: 'base/no-project',
      message: `The project folder my workspace/libs/new does not exist at the base ${repo.base.slice(0, 12)}, so there is nothing to compare with.`,
    });
  });

  it('says that a project belongs to another repository', async () => {
    const repo = repository();
    const pending = withBaseCheckout({ ...repo.options, projectRoot: scratch }, async () => {});
    await expect(pending).rejects.toMatchObject({ code: 'base/project-outside' });
  });

  it('says why a checkout failed, and leaves nothing of it', async () => {
    const repo = repository();
    const before = stateOf(repo);
    const blob = repo.git('rev-parse', `${repo.base}:README.md`);
    rmSync(join(repo.repoRoot, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
    const pending = withBaseCheckout(repo.options, async () => {});
    await expect(pending).rejects.toMatchObject({ code: 'base/checkout-failed' });
    expect(stateOf(repo)).toEqual(before);
  });
});

function sides(): { head: Side; base: Side; outside: string } {
  const root = join(scratch, `sides ${counter++}`);
  const side = (name: Side['name']): Side => {
    const projectRoot = join(root, name, 'project');
    mkdirSync(projectRoot, { recursive: true });
    return { name, repoRoot: join(root, name), workspaceRoot: join(root, name), projectRoot };
  };
  const outside = join(root, 'outside');
  put(outside, { 'secret.txt': 'secret', 'dir/a.txt': 'untouched' });
  return { head: side('head'), base: side('base'), outside };
}

describe('overlayFiles', () => {
  it('adds, replaces, and leaves the rest', async () => {
    const { head, base } = sides();
    const odd = 'bench/line\nbreak "q" $(x).bench.ts';
    put(head.projectRoot, { [odd]: 'new', 'bench/a.bench.ts': 'head', 'src/a.ts': 'head' });
    put(base.projectRoot, { 'bench/a.bench.ts': 'base', 'bench/old.txt': 'base', 'src/a.ts': 'base' });
    await overlayFiles(head, base, [odd, 'bench/a.bench.ts', './bench/a.bench.ts']);
    const read = (path: string): string => readFileSync(join(base.projectRoot, path), 'utf8');
    expect([odd, 'bench/a.bench.ts', 'bench/old.txt', 'src/a.ts'].map(read)).toEqual([
      'new',
      'head',
      'base',
      'base',
    ]);
  });

  it('copies folders whole, and keeps a file executable', async () => {
    const { head, base } = sides();
    put(head.projectRoot, { 'data/x/1': 'one', 'data/2.sh': 'two' });
    chmodSync(join(head.projectRoot, 'data', '2.sh'), 0o755);
    await overlayFiles(head, base, ['data']);
    expect(readFileSync(join(base.projectRoot, 'data', 'x', '1'), 'utf8')).toBe('one');
    expect(statSync(join(base.projectRoot, 'data', '2.sh')).mode & 0o111).toBe(0o111);
  });

  it('replaces what is of another kind on the base', async () => {
    const { head, base } = sides();
    put(head.projectRoot, { 'a/b': 'file in folder', c: 'file' });
    put(base.projectRoot, { a: 'file', 'c/d': 'file in folder' });
    await overlayFiles(head, base, ['a/b', 'c']);
    expect(readFileSync(join(base.projectRoot, 'a', 'b'), 'utf8')).toBe('file in folder');
    expect(readFileSync(join(base.projectRoot, 'c'), 'utf8')).toBe('file');
  });

  it.each(['../x', '/etc/passwd', 'a/../../x', 'a/..', '', '.', 'a\0b', '..\\x'])(
    'refuses %j',
    async (file) => {
      const { head, base } = sides();
      put(head.projectRoot, { 'a/b': '' });
      await expect(overlayFiles(head, base, [file])).rejects.toMatchObject({ code: 'base/overlay-escape' });
    },
  );

  it('never writes through a link of the base that leaves the project', async () => {
    const { head, base, outside } = sides();
    put(head.projectRoot, { 'bench/dir/a.txt': 'head', 'bench/secret.txt': 'head' });
    put(base.projectRoot, { 'bench/keep.txt': 'base' });
    symlinkSync(join(outside, 'dir'), join(base.projectRoot, 'bench', 'dir'));
    symlinkSync(join(outside, 'secret.txt'), join(base.projectRoot, 'bench', 'secret.txt'));
    await overlayFiles(head, base, ['bench/dir/a.txt', 'bench/secret.txt']);
    expect(readFileSync(join(outside, 'dir', 'a.txt'), 'utf8')).toBe('untouched');
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret');
    expect(readFileSync(join(base.projectRoot, 'bench', 'dir', 'a.txt'), 'utf8')).toBe('head');
    expect(readFileSync(join(base.projectRoot, 'bench', 'secret.txt'), 'utf8')).toBe('head');
  });

  it('copies a link that stays inside, so that it leads into the base', async () => {
    const { head, base } = sides();
    put(head.projectRoot, { 'data/real.txt': 'head' });
    put(base.projectRoot, { 'data/real.txt': 'base' });
    mkdirSync(join(head.projectRoot, 'bench'));
    symlinkSync('../data/real.txt', join(head.projectRoot, 'bench', 'relative'));
    symlinkSync(join(head.projectRoot, 'data', 'real.txt'), join(head.projectRoot, 'bench', 'absolute'));
    symlinkSync('nowhere', join(head.projectRoot, 'bench', 'dangling'));
    await overlayFiles(head, base, ['bench']);
    for (const name of ['relative', 'absolute']) {
      expect(readlinkSync(join(base.projectRoot, 'bench', name))).toBe('../data/real.txt');
      expect(readFileSync(join(base.projectRoot, 'bench', name), 'utf8')).toBe('base');
    }
    expect(lstatSync(join(base.projectRoot, 'bench', 'dangling')).isSymbolicLink()).toBe(true);
  });

  it('refuses a link that leaves the project, by itself or through another', async () => {
    const { head, base, outside } = sides();
    symlinkSync(join(outside, 'secret.txt'), join(head.projectRoot, 'direct'));
    symlinkSync('direct', join(head.projectRoot, 'indirect'));
    symlinkSync(join(outside, 'dir'), join(head.projectRoot, 'folder'));
    for (const file of ['direct', 'indirect', 'folder/a.txt']) {
      await expect(overlayFiles(head, base, [file])).rejects.toMatchObject({ code: 'base/overlay-escape' });
    }
    expect(readdirSync(base.projectRoot)).toEqual([]);
  });

  it('says that a file has vanished', async () => {
    const { head, base } = sides();
    await expect(overlayFiles(head, base, ['gone.ts'])).rejects.toMatchObject({
      code: 'base/overlay-missing',
    });
  });
});
