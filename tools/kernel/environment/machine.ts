import { existsSync, readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';

/** What is read of a machine; injected, so that any machine can be described in a test. */
export interface MachineReading {
  readonly platform: string;
  readonly arch: string;
  readonly release: string;
  readonly cpuModels: readonly string[];
  readonly cores: number;
  readonly memoryBytes: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  exists(path: string): boolean;
  /** Text of a file; empty where it cannot be read. */
  read(path: string): string;
}

/** Machines of one class may have their figures set side by side. */
export interface MachineClass {
  /** Stable and short: `linux-x64 · AMD EPYC 7B13 · 2 cores · 24 GiB · docker, vm`. */
  readonly machine: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** System with its release, such as `linux 6.18.44 x64`. */
  readonly os: string;
  /** `docker, vm`; empty on bare metal, as far as can be told. */
  readonly container: string;
}

const GIB = 1024 ** 3;

/**
 * The class of this machine. The kernel's release, the clock's momentary speed and the host's name are left
 * out on purpose: they differ between runners of one kind, or change without the figures changing.
 */
export function machineClass(reading: MachineReading = readMachine()): MachineClass {
  const cpu = cleanModel(reading.cpuModels[0] ?? '') || 'unknown processor';
  const { cores, memoryBytes } = reading;
  const container = confinement(reading).join(', ');
  const machine = [
    `${reading.platform}-${reading.arch}`,
    cpu,
    `${cores} ${cores === 1 ? 'core' : 'cores'}`,
    memoryBytes < GIB ? `${Math.round(memoryBytes / 1024 ** 2)} MiB` : `${Math.round(memoryBytes / GIB)} GiB`,
    container,
  ];
  return {
    machine: machine.filter((part) => part !== '').join(' · '),
    cpu,
    cores,
    memoryBytes,
    os: `${reading.platform} ${reading.release} ${reading.arch}`,
    container,
  };
}

/** Reads the machine that this process runs on, as a container may use it. */
export function readMachine(): MachineReading {
  const limit = process.constrainedMemory();
  return {
    platform: platform(),
    arch: arch(),
    release: release(),
    cpuModels: cpus().map(({ model }) => model),
    cores: availableParallelism(),
    memoryBytes: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
    env: process.env,
    exists: existsSync,
    read: (path) => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return '';
      }
    },
  };
}

function cleanModel(model: string): string {
  return model
    .replace(/\((?:R|TM)\)/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Container first, then the virtual machine around it. */
function confinement(reading: MachineReading): readonly string[] {
  const found: string[] = [];
  const container = containerOf(reading);
  if (container !== undefined) found.push(container);
  if (isVirtual(reading)) found.push('vm');
  return found;
}

function containerOf({ env, exists, read }: MachineReading): string | undefined {
  if (env.KUBERNETES_SERVICE_HOST !== undefined) return 'kubernetes';
  if (exists('/run/.containerenv')) return 'podman';
  if (exists('/.dockerenv')) return 'docker';
  const groups = read('/proc/1/cgroup');
  const named = /kubepods|docker|libpod|lxc|containerd/.exec(groups)?.[0];
  if (named === undefined) return undefined;
  return named === 'kubepods' ? 'kubernetes' : named === 'libpod' ? 'podman' : named;
}

function isVirtual({ exists, read }: MachineReading): boolean {
  if (exists('/sys/hypervisor/type')) return true;
  if (/^flags\s*:.*\bhypervisor\b/m.test(read('/proc/cpuinfo'))) return true;
  const product = `${read('/sys/class/dmi/id/sys_vendor')} ${read('/sys/class/dmi/id/product_name')}`;
  return /QEMU|KVM|VMware|VirtualBox|Virtual Machine|Xen|Google Compute Engine|Amazon EC2|HVM domU|Parallels/i.test(
    product,
  );
}
