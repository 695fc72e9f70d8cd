import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../files/spec-scratch.ts';
import { withMeasuringLock } from './lock.ts';
import { LOCK_FILE_PREFIX, type LockRecord } from './lock-record.ts';
import { machineIdentity, startIdentity } from './process-identity.ts';

const CONTENDER = join(import.meta.dirname, 'fixtures', 'contender.ts');

function lockFolder(): string {
  return join(scratchFolder('lock spec'), 'lock');
}

function plant(folder: string, record: Partial<LockRecord>): void {
  mkdirSync(folder, { recursive: true });
  const whole: LockRecord = {
    pid: process.pid,
    start: startIdentity(process.pid),
    machine: machineIdentity(),
    host: 'here',
    since: '2026-01-01T00:00:00.000Z',
    cwd: '/elsewhere',
    ...record,
  };
  writeFileSync(join(folder, `${LOCK_FILE_PREFIX}planted`), JSON.stringify(whole));
}

const soon = { timeoutMs: 300 };
const measured = async (): Promise<string> => 'measured';

describe('withMeasuringLock', () => {
  it('holds while the function runs, for every user to see, and then lets go', async () => {
    const folder = lockFolder();
    await withMeasuringLock(
      async () => {
        const [file] = readdirSync(folder);
        expect(JSON.parse(readFileSync(join(folder, file!), 'utf8'))).toMatchObject({
          pid: process.pid,
          start: startIdentity(process.pid),
          cwd: process.cwd(),
        });
        expect(statSync(join(folder, file!)).mode & 0o777).toBe(0o666);
        expect(statSync(folder).mode & 0o7777).toBe(0o777);
      },
      { folder },
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lets go where the function throws', async () => {
    const folder = lockFolder();
    const failing = withMeasuringLock(() => Promise.reject(new Error('no')), { folder });
    await expect(failing).rejects.toThrow('no');
    expect(readdirSync(folder)).toEqual([]);
    expect(process.env.ASSAY_LOCK_HELD).toBeUndefined();
  });

  it('waits for a live holder, says who it is, and gives up in time', async () => {
    const folder = lockFolder();
    plant(folder, {});
    const seen: LockRecord[] = [];
    const waiting = withMeasuringLock(measured, { folder, ...soon, onWait: (holder) => seen.push(holder) });
    await expect(waiting).rejects.toMatchObject({
      code: 'process/lock-timeout',
      message: expect.stringContaining(`process ${process.pid} in /elsewhere, since 2026-01-01`),
    });
    expect(seen.map(({ cwd }) => cwd)).toEqual(['/elsewhere']);
  });

  it.concurrent.each([
    ['whose process is gone', { pid: 2 ** 22 + 1 }],
    ['whose process id went to another', { start: '1' }],
  ])('removes a holder %s, once its guardian had its time', async (_, record) => {
    const folder = lockFolder();
    plant(folder, record);
    await expect(withMeasuringLock(measured, { folder, ...soon })).rejects.toMatchObject({
      code: 'process/lock-timeout',
    });
    expect(await withMeasuringLock(measured, { folder, timeoutMs: 10_000 })).toBe('measured');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes a holder from another machine or boot at once', async () => {
    const folder = lockFolder();
    plant(folder, { machine: 'there/0/0' });
    expect(await withMeasuringLock(measured, { folder, ...soon })).toBe('measured');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes a record that nobody can read', async () => {
    const folder = lockFolder();
    plant(folder, {});
    writeFileSync(join(folder, `${LOCK_FILE_PREFIX}planted`), '{"pid":');
    expect(await withMeasuringLock(measured, { folder, ...soon })).toBe('measured');
  });

  it('goes ahead inside itself, in the same process and in a child', async () => {
    const folder = lockFolder();
    const log = join(folder, '..', 'log');
    const result = await withMeasuringLock(
      async () => {
        const child = spawnSync(process.execPath, [CONTENDER, folder, log, '1'], { timeout: 10_000 });
        expect(child.status).toBe(0);
        return withMeasuringLock(measured, { folder, ...soon });
      },
      { folder },
    );
    expect(result).toBe('measured');
    expect(readFileSync(log, 'utf8')).toMatch(/^in (\d+)\nout \1\n$/);
  });

  it('does not trust a variable that outlived its holder', async () => {
    const folder = lockFolder();
    plant(folder, {});
    process.env.ASSAY_LOCK_HELD = `${LOCK_FILE_PREFIX}long-gone`;
    const waiting = withMeasuringLock(measured, { folder, ...soon });
    await expect(waiting).rejects.toMatchObject({ code: 'process/lock-timeout' });
    delete process.env.ASSAY_LOCK_HELD;
  });

  it('makes two calls of one process wait for each other', async () => {
    const folder = lockFolder();
    const log: string[] = [];
    const hold = (name: string) =>
      withMeasuringLock(
        async () => {
          log.push(`in ${name}`);
          await new Promise((resolve) => setTimeout(resolve, 30));
          log.push(`out ${name}`);
        },
        { folder },
      );
    await Promise.all([hold('a'), hold('b'), hold('c')]);
    for (let at = 0; at < 6; at += 2) expect(log[at + 1]).toBe(log[at]!.replace('in', 'out'));
    expect(process.env.ASSAY_LOCK_HELD).toBeUndefined();
  });

  it('stops waiting when aborted', async () => {
    const folder = lockFolder();
    plant(folder, {});
    const signal = AbortSignal.timeout(100);
    await expect(withMeasuringLock(measured, { folder, signal })).rejects.toThrow();
  });

  it('never lets two in, also while dead holders are being removed', async () => {
    const folder = lockFolder();
    const log = join(folder, '..', 'log');
    plant(folder, { start: '1' });
    const contenders = Array.from({ length: 4 }, () =>
      spawn(process.execPath, [CONTENDER, folder, log, '5'], { stdio: ['ignore', 'ignore', 'inherit'] }),
    );
    const codes = await Promise.all(
      contenders.map(async (child) => (await once(child, 'exit'))[0] as number),
    );
    expect(codes).toEqual([0, 0, 0, 0]);
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(40);
    for (let at = 0; at < lines.length; at += 2) expect(lines[at + 1]).toBe(lines[at]!.replace('in', 'out'));
  });

  it('says what is wrong where the folder is a file', async () => {
    const folder = lockFolder();
    writeFileSync(folder, '');
    await expect(withMeasuringLock(measured, { folder })).rejects.toMatchObject({
      code: 'process/lock-unusable',
    });
  });
});

describe('startIdentity', () => {
  it('is stable for a process and empty for none', () => {
    expect(startIdentity(process.pid)).toBe(startIdentity(process.pid));
    expect(startIdentity(process.pid)).not.toBe('');
    expect(startIdentity(2 ** 22 + 1)).toBe('');
  });

  it('sees past a program name with blanks and parentheses', async () => {
    const child = spawn(
      process.execPath,
      ['-e', 'process.title = "a) R 1 ("; console.log(1); setInterval(() => {}, 1000)'],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    await once(child.stdout, 'data');
    const identity = startIdentity(child.pid!);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(Number(identity)).toBeGreaterThanOrEqual(Number(startIdentity(process.pid)));
    expect(startIdentity(child.pid!)).toBe('');
  });
});
