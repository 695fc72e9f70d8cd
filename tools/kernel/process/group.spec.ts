import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { belongingKey } from './belongings.ts';
import { endGroup, leaderIdentity, signalGroup } from './group.ts';
import { startIdentity } from './process-identity.ts';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A group leader; with `leaves`, one that starts a child in its group, prints its id and ends. */
function leader(leaves = false): ChildProcess & { readonly pid: number } {
  const args = leaves ? ['-c', 'sleep 60 >/dev/null 2>&1 & echo $!'] : ['-c', 'exec sleep 60'];
  const child = spawn('sh', args, { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  return child as ChildProcess & { readonly pid: number };
}

describe.skipIf(process.platform !== 'linux')(
  'a group whose number belongs to another process by now',
  () => {
    it('is not signalled, neither by force nor politely', async () => {
      const stranger = leader();
      const was = '1'; // the identity of a leader that has gone, whose number the stranger got
      expect(leaderIdentity(stranger.pid)).not.toBe(was);
      expect(signalGroup(stranger.pid, 0, was)).toBe(false);
      expect(signalGroup(stranger.pid, 'SIGKILL', was)).toBe(false);
      await endGroup(stranger.pid, 0, was);
      expect(startIdentity(stranger.pid)).not.toBe('');
      expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null]);
    });

    it('is told from ours, which is ended', async () => {
      const ours = leader();
      const start = leaderIdentity(ours.pid);
      const ended = once(ours, 'exit');
      await endGroup(ours.pid, 5000, start);
      expect(await ended).toEqual([null, 'SIGTERM']);
    });

    it('is not taken for one whose leader has ended before the others', async () => {
      const first = leader(true);
      const start = leaderIdentity(first.pid);
      const [said] = (await once(first.stdout!, 'data')) as [Buffer];
      if (first.exitCode === null) await once(first, 'exit');
      const left = Number(said.toString());
      expect(startIdentity(left)).not.toBe('');
      await endGroup(first.pid, 5000, start);
      expect(startIdentity(left)).toBe('');
    });

    it('does not take the place of ours among what is owned', () => {
      const [first, second] = ['100', '200'].map((start) => ({ kind: 'group', id: 7, start }) as const);
      expect(belongingKey(first!)).not.toBe(belongingKey(second!));
    });
  },
);
