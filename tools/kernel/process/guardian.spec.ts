import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { packageFile } from '../files/package-file.ts';
import { scratchFolder } from '../files/spec-scratch.ts';
import { belongingKey, decodeMessage, encodeMessage } from './belongings.ts';
import { createGuardian } from './guardian.ts';
import { startIdentity } from './process-identity.ts';

const VICTIM = join(import.meta.dirname, 'fixtures', 'victim.ts');

function scratch(): string {
  return scratchFolder('guardian spec');
}

function repository(folder: string): string {
  const repo = join(folder, "it's a\nrepo");
  mkdirSync(repo);
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: repo });
  git('init', '-q');
  writeFileSync(join(repo, 'a.txt'), 'a');
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  return repo;
}

async function until(condition: () => boolean, ms = 15_000): Promise<boolean> {
  const end = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > end) return false;
    await sleep(25);
  }
  return true;
}

async function startVictim() {
  const folder = scratch();
  const repo = repository(folder);
  const locks = join(folder, 'locks');
  const treeFile = join(folder, 'tree.json');
  const victim = spawn(process.execPath, [VICTIM, repo, locks, treeFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface({ input: victim.stdout }).on('line', (line) => lines.push(line));
  await until(() => lines.length > 0 && existsSync(treeFile) && readFileSync(treeFile, 'utf8') !== '');
  const made = JSON.parse(lines[0]!) as { folder: string; worktree: string };
  const tree = JSON.parse(readFileSync(treeFile, 'utf8')) as number[];
  return { victim, repo, locks, lines, tree, ...made };
}

describe('our death', () => {
  it.concurrent.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGKILL', null],
  ] as const)('by %s leaves nothing behind', async (signal, code) => {
    const { victim, repo, locks, lines, tree, folder, worktree } = await startVictim();
    await sleep(800); // nothing is cleaned up before its time
    expect(tree.map(startIdentity)).not.toContain('');
    expect(existsSync(join(worktree, 'a.txt'))).toBe(true);
    expect(readdirSync(locks)).toHaveLength(1);

    victim.kill(signal);
    const [exitCode] = (await once(victim, 'exit')) as [number | null];

    expect(exitCode).toBe(code);
    if (code !== null) expect(existsSync(folder)).toBe(false); // all is gone when we are
    expect(await until(() => tree.every((pid) => startIdentity(pid) === ''))).toBe(true);
    expect(await until(() => !existsSync(folder))).toBe(true);
    expect(await until(() => readdirSync(locks).length === 0)).toBe(true);
    expect(readdirSync(join(repo, '.git')).includes('worktrees')).toBe(false);
    expect(lines).toHaveLength(1);
  });
});

/** Starts a guardian without the intermediate process, so that its process is ours to watch. */
function startDirect() {
  const program = spawn(process.execPath, [packageFile('tools/kernel/process/guardian-main'), 'stay'], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  return { program, channel: program.stdio[3] as Socket };
}

describe('guardian', () => {
  it('removes what is owned and spares what was dropped or is not ours', async () => {
    const folder = scratch();
    const [mine, dropped, foreign] = ['nx-assay-a', 'nx-assay-b', 'home'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    for (const path of [mine, dropped, foreign]) mkdirSync(join(path, 'deep'), { recursive: true });
    const guardian = createGuardian(() => startDirect().channel);
    guardian.own({ kind: 'folder', path: mine });
    guardian.own({ kind: 'folder', path: dropped });
    guardian.own({ kind: 'folder', path: foreign });
    guardian.own({ kind: 'folder', path: `${folder}/nx-assay-x/../home` });
    guardian.drop({ kind: 'folder', path: dropped });
    await guardian.finish();
    expect(readdirSync(folder).sort()).toEqual(['home', 'nx-assay-b']);
  });

  it('is replaced where somebody killed it, and the new one knows everything', async () => {
    const path = join(scratch(), 'nx-assay-kept');
    mkdirSync(path);
    const started: ReturnType<typeof startDirect>[] = [];
    const guardian = createGuardian(() => {
      started.push(startDirect());
      return started.at(-1)!.channel;
    });
    guardian.own({ kind: 'folder', path });
    started[0]!.program.kill('SIGKILL');
    await new Promise((resolve) => started[0]!.channel.once('close', resolve));
    guardian.own({ kind: 'group', id: 2 ** 22 + 1 });
    await guardian.finish();
    expect(started).toHaveLength(2);
    expect(existsSync(path)).toBe(false);
  });

  it('ends with its pipe and ignores signals until then', async () => {
    const { program, channel } = startDirect();
    channel.write(encodeMessage({ own: { kind: 'folder', path: '/nx-assay-not-there' } }));
    await sleep(500);
    program.kill('SIGTERM');
    program.kill('SIGINT');
    await sleep(100);
    expect(program.exitCode ?? program.signalCode).toBe(null);
    channel.end();
    expect((await once(program, 'exit'))[0]).toBe(0);
  });
});

describe('messages', () => {
  it('survive line breaks in paths', () => {
    const message = { own: { kind: 'worktree', repo: '/a\nb', path: '/tmp/"q"\n' } } as const;
    const line = encodeMessage(message);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(decodeMessage(line)).toEqual(message);
  });

  it('that were cut short are passed over', () => {
    expect(decodeMessage('{"own":{"kind":"fol')).toBeUndefined();
    expect(decodeMessage('null')).toBeUndefined();
    expect(decodeMessage('{}')).toBeUndefined();
  });

  it('name a belonging by what it is', () => {
    expect(belongingKey({ kind: 'folder', path: '/a' })).not.toBe(belongingKey({ kind: 'lock', path: '/a' }));
  });
});
