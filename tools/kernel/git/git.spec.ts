import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../files/spec-scratch.ts';
import { runProcess } from '../process/run.ts';
import {
  branchName,
  changedPaths,
  type GitAt,
  headCommit,
  isDirty,
  isShallow,
  kindAt,
  mergeBase,
  prefix,
  removeWorktree,
  resolveCommit,
  toplevel,
  treeHash,
} from './index.ts';

const scratch = scratchFolder("git spec 'q' \n");
let counter = 0;

function folder(): string {
  const path = join(scratch, `repo ${counter++}`);
  mkdirSync(path);
  return path;
}

function gitIn(cwd: string) {
  return (...args: string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'protocol.file.allow=always', ...args],
      {
        cwd,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    ).replace(/\n$/, '');
}

function at(cwd: string): GitAt {
  return { cwd, run: runProcess };
}

/** main: first — second; side branches off at first. */
function repository() {
  const cwd = folder();
  const git = gitIn(cwd);
  git('init', '-q', '-b', 'main');
  mkdirSync(join(cwd, 'packages', 'one'), { recursive: true });
  mkdirSync(join(cwd, 'packages', 'two'), { recursive: true });
  writeFileSync(join(cwd, 'packages', 'one', 'a.txt'), 'a');
  writeFileSync(join(cwd, 'packages', 'two', 'b.txt'), 'b');
  writeFileSync(join(cwd, '.gitignore'), 'ignored\n');
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  const first = git('rev-parse', 'HEAD');
  git('tag', '-a', 'v1', '-m', 'annotated');
  git('branch', 'side');
  writeFileSync(join(cwd, 'packages', 'one', 'a.txt'), 'a2');
  git('commit', '-q', '-am', 'second');
  return { cwd, git, first, second: git('rev-parse', 'HEAD'), at: at(cwd) };
}

describe('resolveCommit', () => {
  const repo = repository();

  it.each(['HEAD~1', 'side', 'v1', 'refs/tags/v1', 'main^'])('resolves %s to its commit', async (ref) => {
    expect(await resolveCommit(repo.at, ref)).toBe(repo.first);
  });

  it('resolves a short name', async () => {
    expect(await resolveCommit(repo.at, repo.second.slice(0, 10))).toBe(repo.second);
  });

  it.each(['--help', '-h', '', 'a\nb', '--output=/tmp/x'])('refuses %j, which is no name', async (ref) => {
    await expect(resolveCommit(repo.at, ref)).rejects.toMatchObject({ code: 'git/invalid-ref' });
  });

  it.each(['nope', 'HEAD~9', '0123456789abcdef0123456789abcdef01234567', "it's $(touch x)"])(
    'says that %s is not there',
    async (ref) => {
      await expect(resolveCommit(repo.at, ref)).rejects.toMatchObject({
        code: 'git/no-such-ref',
        message: `The base '${ref}' is no commit, branch or tag of this repository.`,
      });
    },
  );

  it('names the command that fetches a branch of a remote', async () => {
    repo.git('remote', 'add', 'upstream', '/nowhere');
    await expect(resolveCommit(repo.at, 'upstream/feature/x')).rejects.toMatchObject({
      remedy: expect.stringContaining('git fetch upstream feature/x'),
    });
  });

  it('says that a file is no commit', async () => {
    const blob = repo.git('rev-parse', 'HEAD:packages/one/a.txt');
    await expect(resolveCommit(repo.at, blob)).rejects.toMatchObject({
      code: 'git/not-a-commit',
    });
  });

  it('tells a folder without repository, an empty repository and a bare one apart', async () => {
    const plain = folder();
    await expect(resolveCommit(at(plain), 'HEAD')).rejects.toMatchObject({ code: 'git/not-a-repository' });
    gitIn(plain)('init', '-q');
    await expect(resolveCommit(at(plain), 'HEAD')).rejects.toMatchObject({ code: 'git/no-commits' });
    const bare = folder();
    gitIn(bare)('clone', '-q', '--bare', repo.cwd, '.');
    expect(await resolveCommit(at(bare), 'main')).toBe(repo.second);
    await expect(toplevel(at(bare))).rejects.toMatchObject({ code: 'git/bare' });
  });

  it('says that git is missing', async () => {
    const run: GitAt['run'] = (request) =>
      runProcess({ ...request, env: { ...request.env, PATH: '/nowhere' } });
    await expect(resolveCommit({ cwd: repo.cwd, run }, 'HEAD')).rejects.toMatchObject({
      code: 'git/not-installed',
    });
  });

  it('is not led astray by the variables of a hook', async () => {
    process.env.GIT_DIR = '/nowhere';
    process.env.GIT_INDEX_FILE = '/nowhere/index';
    try {
      expect(await resolveCommit(repo.at, 'side')).toBe(repo.first);
      expect(await isDirty(repo.at)).toBe(false);
    } finally {
      delete process.env.GIT_DIR;
      delete process.env.GIT_INDEX_FILE;
    }
  });

  it('names the owner problem', async () => {
    const run: GitAt['run'] = async () => ({
      state: 'exited',
      code: 128,
      stdout: '',
      stderr: "fatal: detected dubious ownership in repository at '/x'\n",
      truncated: false,
      durationMs: 1,
    });
    await expect(resolveCommit({ cwd: '/x y', run }, 'HEAD')).rejects.toMatchObject({
      code: 'git/unsafe-owner',
      remedy: expect.stringContaining('safe.directory "/x y"'),
    });
  });
});

describe('a shallow clone', () => {
  const origin = repository();
  const cwd = folder();
  gitIn(cwd)('clone', '-q', '--depth=1', '--no-single-branch', `file://${encodeURI(origin.cwd)}`, '.');

  it('is told, with the remedy, where the commit was cut off', async () => {
    expect(await isShallow(at(cwd))).toBe(true);
    await expect(resolveCommit(at(cwd), 'HEAD~1')).rejects.toMatchObject({
      code: 'git/shallow',
      remedy: expect.stringContaining('git fetch --unshallow'),
    });
  });

  it('is told where the merge base was cut off', async () => {
    origin.git('checkout', '-q', 'side');
    writeFileSync(join(origin.cwd, 'side.txt'), '');
    origin.git('add', '.');
    origin.git('commit', '-q', '-m', 'aside');
    const clone = folder();
    gitIn(clone)('clone', '-q', '--depth=1', '--no-single-branch', `file://${encodeURI(origin.cwd)}`, '.');
    await expect(mergeBase(at(clone), 'origin/main', 'origin/side')).rejects.toMatchObject({
      code: 'git/shallow-merge-base',
      remedy: expect.stringContaining('fetch-depth: 0'),
    });
  });
});

describe('mergeBase', () => {
  it('is where two histories part', async () => {
    const repo = repository();
    repo.git('checkout', '-q', 'side');
    writeFileSync(join(repo.cwd, 'side.txt'), '');
    repo.git('add', '.');
    repo.git('commit', '-q', '-m', 'aside');
    expect(await mergeBase(repo.at, 'HEAD', 'main')).toBe(repo.first);
  });

  it('says that unrelated histories have none', async () => {
    const repo = repository();
    repo.git('checkout', '-q', '--orphan', 'alone');
    repo.git('commit', '-q', '-m', 'alone');
    await expect(mergeBase(repo.at, 'alone', 'main')).rejects.toMatchObject({ code: 'git/unrelated' });
  });
});

describe('where we are', () => {
  it('knows root, prefix, commit and branch', async () => {
    const repo = repository();
    const inner = at(join(repo.cwd, 'packages', 'one'));
    expect(await toplevel(inner)).toBe(repo.cwd);
    expect(await prefix(inner)).toBe('packages/one');
    expect(await prefix(repo.at)).toBe('');
    expect(await headCommit(inner)).toBe(repo.second);
    expect(await branchName(inner)).toBe('main');
    repo.git('checkout', '-q', '--detach', 'HEAD');
    expect(await branchName(inner)).toBe('');
  });
});

describe('changedPaths', () => {
  it('finds what is edited, staged, deleted and untracked, and not what is ignored', async () => {
    const repo = repository();
    const file = (name: string): string => join(repo.cwd, 'packages', 'two', name);
    const odd = 'new\n"quoted" ü * [x].txt';
    writeFileSync(file(odd), '');
    writeFileSync(file('staged.txt'), '');
    repo.git('add', 'packages/two/staged.txt');
    rmSync(file('b.txt'));
    writeFileSync(file('ignored'), '');
    expect(await changedPaths(repo.at, repo.second, ['packages'])).toEqual([
      'packages/two/b.txt',
      `packages/two/${odd}`,
      'packages/two/staged.txt',
    ]);
    expect(await changedPaths(repo.at, repo.first, [''])).toContain('packages/one/a.txt');
    expect(await changedPaths(repo.at, repo.second, ['packages/one'])).toEqual([]);
    expect(await changedPaths(repo.at, repo.second, [])).toEqual([]);
    expect(await isDirty(repo.at, ['packages/one'])).toBe(false);
    expect(await isDirty(repo.at, ['packages/two'])).toBe(true);
    expect(await isDirty(repo.at)).toBe(true);
  });

  it('takes paths literally, whatever glob or option they look like', async () => {
    const repo = repository();
    writeFileSync(join(repo.cwd, 'packages', 'one', 'a.txt'), 'a3');
    expect(await changedPaths(repo.at, repo.second, ['packages/*', ':(glob)**', '--cached'])).toEqual([]);
  });

  it('does not mind how many paths it is given', async () => {
    const repo = repository();
    const many = Array.from({ length: 3000 }, (_, n) => `packages/one/${'x'.repeat(60)}${n}`);
    writeFileSync(join(repo.cwd, 'packages', 'one', 'a.txt'), 'a3');
    expect(await changedPaths(repo.at, repo.second, [...many, 'packages/one'])).toEqual([
      'packages/one/a.txt',
    ]);
  });

  it('passes over a file that was only touched, and leaves what is staged as it is', async () => {
    const repo = repository();
    utimesSync(join(repo.cwd, 'packages', 'one', 'a.txt'), 1, 1);
    const staged = repo.git('ls-files', '--stage');
    expect(await changedPaths(repo.at, repo.second, [''])).toEqual([]);
    expect(await isDirty(repo.at)).toBe(false);
    expect(repo.git('ls-files', '--stage')).toBe(staged);
  });

  it('finds a file that became executable', async () => {
    const repo = repository();
    const file = join(repo.cwd, 'packages', 'one', 'a.txt');
    chmodSync(file, statSync(file).mode | 0o111);
    expect(await changedPaths(repo.at, repo.second, [''])).toEqual(['packages/one/a.txt']);
  });

  it('is not bent by the user’s settings', async () => {
    const repo = repository();
    for (const [name, value] of [
      ['diff.relative', 'true'],
      ['diff.noprefix', 'true'],
      ['diff.external', '/bin/false'],
      ['diff.renames', 'copies'],
      ['color.ui', 'always'],
      ['core.quotePath', 'true'],
      ['status.showUntrackedFiles', 'no'],
    ] as const) {
      repo.git('config', name, value);
    }
    repo.git('mv', 'packages/two/b.txt', 'packages/two/ü.txt');
    expect(await changedPaths(repo.at, repo.second, [''])).toEqual([
      'packages/two/b.txt',
      'packages/two/ü.txt',
    ]);
    repo.git('reset', '-q', '--hard');
    writeFileSync(join(repo.cwd, 'untracked'), '');
    expect(await isDirty(repo.at)).toBe(true);
  });
});

describe('treeHash', () => {
  it('follows the content of the paths alone', async () => {
    const repo = repository();
    const of = (commit: string, ...paths: string[]): Promise<string> => treeHash(repo.at, commit, paths);
    expect(await of(repo.first, 'packages/two')).toBe(await of(repo.second, 'packages/two'));
    expect(await of(repo.first, 'packages/one')).not.toBe(await of(repo.second, 'packages/one'));
    expect(await of(repo.first, '')).not.toBe(await of(repo.second, ''));
    expect(await of(repo.first, 'packages/two', 'nope')).not.toBe(await of(repo.first, 'packages/two'));
    expect(await of(repo.first, 'a', 'b')).toBe(await of(repo.first, 'b', 'a'));
  });

  it('kindAt tells folder, file and nothing apart', async () => {
    const repo = repository();
    expect(await kindAt(repo.at, repo.first, 'packages/one')).toBe('folder');
    expect(await kindAt(repo.at, repo.first, '')).toBe('folder');
    expect(await kindAt(repo.at, repo.first, 'packages/one/a.txt')).toBe('file');
    expect(await kindAt(repo.at, repo.first, 'packages/*')).toBe('absent');
  });
});

describe('removeWorktree', () => {
  const worktrees = (repo: { git: (...args: string[]) => string }): number =>
    repo.git('worktree', 'list', '--porcelain').match(/^worktree /gm)?.length ?? 0;

  it.each([
    ['whole', () => {}],
    ['dirty', (path: string) => writeFileSync(join(path, 'new'), '')],
    ['deleted', (path: string) => rmSync(path, { recursive: true })],
    ['without its .git file', (path: string) => rmSync(join(path, '.git'))],
  ])('takes away one that is %s', async (_, spoil) => {
    const repo = repository();
    const path = join(scratch, `tree ${counter++}`);
    repo.git('worktree', 'add', '-q', '--detach', path, 'HEAD');
    repo.git('worktree', 'lock', path);
    spoil(path);
    await removeWorktree({ repo: repo.cwd, path, run: runProcess });
    expect(worktrees(repo)).toBe(1);
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  it('leaves the user’s other worktrees alone, also one whose drive is away', async () => {
    const repo = repository();
    const [away, ours] = [join(scratch, `away ${counter++}`), join(scratch, `ours ${counter++}`)];
    repo.git('worktree', 'add', '-q', '--detach', away, 'HEAD');
    repo.git('worktree', 'add', '-q', '--detach', ours, 'HEAD');
    rmSync(away, { recursive: true });
    await removeWorktree({ repo: repo.cwd, path: ours, run: runProcess });
    expect(repo.git('worktree', 'list', '--porcelain', '-z').split('\0')).toContain(`worktree ${away}`);
    expect(worktrees(repo)).toBe(2);
  });
});
