import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../files/spec-scratch.ts';
import { signalGroup } from './group.ts';
import { startIdentity } from './process-identity.ts';
import { runProcess } from './run.ts';
import type { ProcessRequest, ProcessResult } from './types.ts';

const cwd = scratchFolder("run 'quoted' \n");

/** Runs a piece of JavaScript in a Node of its own. */
function script(code: string, rest: Partial<ProcessRequest> = {}): Promise<ProcessResult> {
  return runProcess({ command: process.execPath, args: ['-e', code], cwd, timeoutMs: 20_000, ...rest });
}

async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (startIdentity(pid) === '') return true;
    await sleep(20);
  }
  return false;
}

describe('runProcess', () => {
  it('tells exit code, both streams and the folder it ran in', async () => {
    const result = await script('console.log(process.cwd()); console.error("bad"); process.exitCode = 3');
    expect(result).toMatchObject({
      state: 'exited',
      code: 3,
      stdout: `${cwd}\n`,
      stderr: 'bad\n',
      truncated: false,
    });
  });

  it('hands arguments over as they are, without a shell', async () => {
    const odd = ['$HOME', 'a b', '"; exit 9 #', "it's", 'line\nbreak', '*'];
    const result = await runProcess({
      command: process.execPath,
      args: ['-p', 'JSON.stringify(process.argv.slice(1))', '--', ...odd],
      cwd,
      timeoutMs: 20_000,
    });
    expect(result.state === 'exited' && JSON.parse(result.stdout)).toEqual(odd);
  });

  it('adds to the environment, and removes what is undefined', async () => {
    process.env.ASSAY_TEST_GONE = 'here';
    const code = 'console.log(process.env.ASSAY_TEST_ADDED, "ASSAY_TEST_GONE" in process.env)';
    const result = await script(code, { env: { ASSAY_TEST_ADDED: 'x', ASSAY_TEST_GONE: undefined } });
    delete process.env.ASSAY_TEST_GONE;
    expect(result).toMatchObject({ stdout: 'x false\n' });
  });

  it('writes input, and gives an empty one otherwise', async () => {
    const echo = 'process.stdin.pipe(process.stdout)';
    expect(await script(echo, { input: 'in\n' })).toMatchObject({ state: 'exited', code: 0, stdout: 'in\n' });
    expect(await script(echo)).toMatchObject({ state: 'exited', code: 0, stdout: '' });
  });

  it('survives a child that does not read its input', async () => {
    const result = await script('process.exit(0)', { input: 'x'.repeat(4_000_000) });
    expect(result).toMatchObject({ state: 'exited', code: 0 });
  });

  it('keeps head and tail of a flood', async () => {
    const code = 'console.log("first"); console.log("x".repeat(3e6)); console.log("last")';
    const result = await script(code, { maxOutputBytes: 10_000 });
    if (result.state !== 'exited') throw new Error(result.state);
    expect(result.truncated).toBe(true);
    expect(result.stdout.length).toBeLessThan(10_100);
    expect(result.stdout.startsWith('first\nxxx')).toBe(true);
    expect(result.stdout.endsWith('xxx\nlast\n')).toBe(true);
  });

  it('tells the signal that ended it', async () => {
    expect(await script('process.kill(process.pid, "SIGKILL")')).toMatchObject({
      state: 'signalled',
      signal: 'SIGKILL',
    });
  });

  it('ends the whole group at the time-out, also where SIGTERM is ignored', async () => {
    const grandchild =
      'process.on("SIGTERM", () => {}); console.log(process.pid); setInterval(() => {}, 1000)';
    const code = `process.on("SIGTERM", () => {});
      require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(grandchild)}], { stdio: "inherit" });
      setInterval(() => {}, 1000)`;
    const result = await script(code, { timeoutMs: 1500 });
    if (result.state !== 'timed-out') throw new Error(JSON.stringify(result));
    expect(Number(result.stdout)).toBeGreaterThan(1);
    expect(await gone(Number(result.stdout))).toBe(true);
  });

  it('ends what a child leaves running, and does not wait for it', async () => {
    const code = `const c = require("child_process").spawn("sleep", ["60"], { stdio: "inherit" });
      console.log(c.pid); c.unref(); process.exit(0)`;
    const result = await script(code);
    if (result.state !== 'exited') throw new Error(result.state);
    expect(await gone(Number(result.stdout))).toBe(true);
  });

  it('does not wait for a daemon that left the group and holds our pipes', async () => {
    const code = `const c = require("child_process").spawn("sleep", ["60"], { stdio: "inherit", detached: true });
      console.log(c.pid); c.unref(); process.exit(0)`;
    const result = await script(code);
    if (result.state !== 'exited') throw new Error(result.state);
    signalGroup(Number(result.stdout), 'SIGKILL');
    expect(result.code).toBe(0);
  });

  it('ends the group when aborted, and throws the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const pending = script('setInterval(() => {}, 1000)', { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 200);
    await expect(pending).rejects.toBe(reason);
  });

  it('starts nothing where it is aborted already', async () => {
    const marker = join(cwd, 'started');
    const pending = script(`require("fs").writeFileSync(${JSON.stringify(marker)}, "")`, {
      signal: AbortSignal.abort(new Error('before')),
    });
    await expect(pending).rejects.toThrow('before');
  });

  it('tells a program that is not there from a folder that is not there', async () => {
    const missing = { args: [], timeoutMs: 1000 };
    expect(await runProcess({ ...missing, command: 'no-such-program', cwd })).toEqual({
      state: 'not-found',
      command: 'no-such-program',
      reason: 'there is no such program',
    });
    expect(await runProcess({ ...missing, command: 'sleep', cwd: join(cwd, 'nowhere') })).toEqual({
      state: 'not-found',
      command: 'sleep',
      reason: `its working folder ${join(cwd, 'nowhere')} does not exist`,
    });
  });

  it('says so where a file cannot be executed', async () => {
    const file = join(cwd, 'plain text');
    writeFileSync(file, 'no program', { mode: 0o644 });
    const result = await runProcess({ command: file, args: [], cwd, timeoutMs: 1000 });
    expect(result).toMatchObject({ state: 'not-found', reason: 'it is not executable by this user' });
  });

  it('gives a result and no exception for arguments that no process can have', async () => {
    const nul = await runProcess({ command: 'sleep', args: ['a\0b'], cwd, timeoutMs: 1000 });
    expect(nul.state).toBe('not-found');
    const long = await runProcess({ command: 'sleep', args: ['x'.repeat(4_000_000)], cwd, timeoutMs: 1000 });
    expect(long).toMatchObject({ state: 'not-found', reason: expect.stringContaining('longer') });
  });
});
