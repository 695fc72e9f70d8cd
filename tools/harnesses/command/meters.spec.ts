import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRunProcess } from '../../kernel/process/run.ts';
import type { ProcessRequest, RunProcess } from '../../kernel/process/types.ts';
import { chooseMeter, wallMeter } from './choose-meter.ts';
import { perlMeter } from './perl-meter.ts';
import { pythonMeter } from './python-meter.ts';
import { timeMeter } from './time-meter.ts';
import { type Meter, readMeterFile } from './usage.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-meter-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = createRunProcess(() => undefined);

function found(command: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

const python = found('python3', '-c', 'import sys; print(sys.executable)');
const meters: readonly [string, Meter | undefined][] = [
  ['perl', found('perl', '-e', 'print 1') ? perlMeter(process.platform, process.arch) : undefined],
  ['python3', python ? pythonMeter(python) : undefined],
  ['time (gnu)', found('/usr/bin/time', '-f', '%M', 'true') === '' ? timeMeter('gnu') : undefined],
];

describe.each(meters)('%s', (name, meter) => {
  // 150 ms of work and 100 MB held, so that clocks of 10 ms and the meter's own memory do not matter.
  const work = 'const b = Buffer.alloc(1e8, 1); const t = Date.now(); while (Date.now() - t < 150); b[0]';
  if (!meter) console.warn(`skipped: ${name} is not here`);

  it.skipIf(!meter)('measures work and memory', async () => {
    const out = join(folder, 'out');
    const [program, ...args] = meter!.wrap([process.execPath, '-e', work], out);
    const result = await run({ command: program, args, cwd: folder, timeoutMs: 20_000 });
    if (result.state !== 'exited') throw new Error(result.state);
    const metered = meter!.read(readFileSync(out, 'utf8'), result.durationMs * 1e6);
    if (metered.state === 'failed') throw new Error(metered.reason);
    expect(metered.usage.wallNs).toBeGreaterThan(150e6);
    expect(metered.usage.wallNs).toBeLessThanOrEqual(result.durationMs * 1e6);
    expect(metered.usage.cpuNs).toBeGreaterThan(50e6);
    expect(metered.usage.peakBytes).toBeGreaterThan(100e6);
    expect(metered.usage.peakBytes).toBeLessThan(400e6);
  });

  it.skipIf(!meter)('passes the exit code on or tells it', async () => {
    const out = join(folder, 'failing');
    rmSync(out, { force: true });
    const [program, ...args] = meter!.wrap([process.execPath, '-e', 'process.exit(3)'], out);
    const result = await run({ command: program, args, cwd: folder, timeoutMs: 20_000 });
    const metered = meter!.read(existsSync(out) ? readFileSync(out, 'utf8') : '', 1);
    const told = metered.state === 'done' && metered.code === 3;
    expect(told || (result.state === 'exited' && result.code === 3)).toBe(true);
  });
});

describe('time (bsd)', () => {
  it('reads what macOS prints', () => {
    const text = `        0.35 real         0.21 user         0.04 sys
            52428800  maximum resident set size
                   0  average shared memory size
                 123  voluntary context switches
`;
    expect(timeMeter('bsd').read(text, 350e6)).toEqual({
      state: 'done',
      usage: { wallNs: 350e6, cpuNs: 250e6, peakBytes: 52428800 },
    });
  });

  it('refuses what it does not know', () => {
    expect(timeMeter('bsd').read('', 1)).toMatchObject({ state: 'failed' });
    expect(timeMeter('gnu').read('time: no such thing', 1)).toMatchObject({ state: 'failed' });
  });
});

describe('readMeterFile', () => {
  it.each([
    ['', 'the meter wrote no figures'],
    ['{"error": "No such file or directory"}', 'it could not be started: No such file or directory'],
    ['{"wallNs": 1, "cpuNs": 1, "peakBytes": 1, "code": 0, "signal": 9}', 'it was ended by signal 9'],
  ])('%j', (text, reason) => {
    expect(readMeterFile(text)).toEqual({ state: 'failed', reason });
  });
});

describe('chooseMeter', () => {
  const answering =
    (answer: (request: ProcessRequest) => string | undefined): RunProcess =>
    (request) => {
      const stdout = answer(request);
      return Promise.resolve(
        stdout === undefined
          ? { state: 'not-found', command: request.command, reason: 'there is no such program' }
          : { state: 'exited', code: 0, stdout, stderr: '', truncated: false, durationMs: 1 },
      );
    };
  const choose = (platform: string, arch: string, tools: Record<string, string>) =>
    chooseMeter(
      answering((request) => tools[request.command]),
      '/',
      {},
      platform,
      arch,
    ).then((meter) => meter.id);
  const all = { perl: '8', python3: '/usr/local/bin/python3', '/usr/bin/time': '1234', 'xcode-select': '/x' };

  it.each([
    ['linux', 'x64', all, 'perl'],
    ['linux', 's390x', all, 'python3'],
    ['linux', 'x64', { '/usr/bin/time': '1234' }, 'time (gnu)'],
    ['linux', 'x64', {}, 'wall'],
    ['darwin', 'arm64', all, 'python3'],
    ['darwin', 'arm64', { python3: '/usr/bin/python3', '/usr/bin/time': 'x' }, 'time (bsd)'],
    ['win32', 'x64', all, 'wall'],
  ])('%s %s %j: %s', async (platform, arch, tools, id) => {
    const own = platform === 'win32' ? {} : tools;
    expect(await choose(platform, arch, own as Record<string, string>)).toBe(id);
  });

  it('says what wall time alone cannot tell', () => {
    expect(wallMeter.missing.map((missing) => missing.name)).toEqual(['CPU time', 'peak memory']);
    expect(wallMeter.missing[0]!.reason).toContain('Perl, Python 3 or /usr/bin/time');
  });

  it('tells an exit code without judging it', () => {
    const text = '{"wallNs": 1, "cpuNs": 2, "peakBytes": 3, "code": 2, "signal": 0}';
    const usage = { wallNs: 1, cpuNs: 2, peakBytes: 3 };
    expect(readMeterFile(text)).toEqual({ state: 'done', usage, code: 2 });
  });
});
