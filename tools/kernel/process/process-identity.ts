import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Tells a process from a later one that got the same id: the time it started, as the system counts it.
 * Empty where no such process runs (a zombie does not run).
 */
export function startIdentity(pid: number): string {
  return process.platform === 'linux' ? linuxStart(pid) : portableStart(pid);
}

function linuxStart(pid: number): string {
  const stat = readOr(`/proc/${pid}/stat`, '');
  // The second field is the program's name in parentheses, which may itself hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  return state === undefined || state === 'Z' || state === 'X' ? '' : (fields[19] ?? '');
}

function portableStart(pid: number): string {
  if (process.platform === 'win32') return isAlive(pid) ? 'running' : '';
  const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return ps.error === undefined ? ps.stdout.trim() : isAlive(pid) ? 'running' : '';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Where process ids mean something: this host, since this boot, in this container. */
export function machineIdentity(): string {
  return [
    hostname(),
    readOr('/proc/sys/kernel/random/boot_id', '').trim(),
    readlinkOr('/proc/self/ns/pid'),
  ].join('/');
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return otherwise;
  }
}

function readlinkOr(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
