import { describe, expect, it } from 'vitest';
import { type MachineReading, machineClass } from './machine.ts';

const GIB = 1024 ** 3;

function reading(changes: Partial<MachineReading> & { files?: Record<string, string> } = {}): MachineReading {
  const { files = {}, ...rest } = changes;
  return {
    platform: 'linux',
    arch: 'x64',
    release: '6.1.0',
    cpuModels: ['AMD EPYC 7B13', 'AMD EPYC 7B13'],
    cores: 2,
    memoryBytes: 23.6 * GIB,
    env: {},
    exists: (path) => path in files,
    read: (path) => files[path] ?? '',
    ...rest,
  };
}

const VM = { '/proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu vme hypervisor lahf_lm\n' };

describe('machineClass', () => {
  it('is one short line', () => {
    expect(machineClass(reading({ files: VM }))).toEqual({
      machine: 'linux-x64 · AMD EPYC 7B13 · 2 cores · 24 GiB · vm',
      cpu: 'AMD EPYC 7B13',
      cores: 2,
      memoryBytes: 23.6 * GIB,
      os: 'linux 6.1.0 x64',
      container: 'vm',
    });
  });

  it('is the same for another kernel, and for a little more or less memory', () => {
    const { machine } = machineClass(reading());
    expect(machineClass(reading({ release: '6.9.9', memoryBytes: 23.9 * GIB })).machine).toBe(machine);
  });

  it('differs by processor, cores and memory', () => {
    const lines = [
      reading(),
      reading({ cpuModels: ['AMD EPYC 9B14'] }),
      reading({ cores: 4 }),
      reading({ memoryBytes: 8 * GIB }),
      reading({ arch: 'arm64' }),
    ].map((one) => machineClass(one).machine);
    expect(new Set(lines).size).toBe(5);
  });

  it('cleans the names that processors give themselves', () => {
    const machine = machineClass(reading({ cpuModels: ['Intel(R) Xeon(R) CPU  @ 2.20GHz\t'] }));
    expect(machine.cpu).toBe('Intel Xeon CPU @ 2.20GHz');
  });

  it('has a line also where nothing is known', () => {
    const bare = reading({ cpuModels: [], cores: 1, memoryBytes: 512 * 1024 ** 2 });
    expect(machineClass(bare).machine).toBe('linux-x64 · unknown processor · 1 core · 512 MiB');
  });

  it.each([
    ['kubernetes', { env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, files: { '/.dockerenv': '' } }],
    ['docker', { files: { '/.dockerenv': '' } }],
    ['podman', { files: { '/run/.containerenv': '' } }],
    ['kubernetes', { files: { '/proc/1/cgroup': '0::/kubepods/besteffort/pod1\n' } }],
    ['lxc', { files: { '/proc/1/cgroup': '1:cpu:/lxc/web\n' } }],
    ['vm', { files: { '/sys/class/dmi/id/product_name': 'Google Compute Engine\n' } }],
    ['docker, vm', { files: { '/.dockerenv': '', ...VM } }],
    ['', { files: { '/proc/1/cgroup': '0::/init.scope\n', '/proc/cpuinfo': 'flags : fpu\n' } }],
  ])('recognises %j', (container, changes) => {
    expect(machineClass(reading(changes)).container).toBe(container);
  });
});
