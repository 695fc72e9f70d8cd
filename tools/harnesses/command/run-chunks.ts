import { access, constants, mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DriveOutcome, DriveRequest, DriveResult, HarnessContext, Side } from '../harness.ts';
import { type CommandSetting, fillIn } from './command-settings.ts';
import { redirected } from './redirect.ts';
import type { Steps } from './steps.ts';
import type { Meter, Usage } from './usage.ts';
import { workingFolder } from './working-folder.ts';

type Sampled = Extract<DriveOutcome, { state: 'sampled' }>;
type End = DriveResult['process'];

/** One run of a command: what it took, or how it failed. */
type Ran =
  | { readonly state: 'done'; readonly usage: Usage }
  | { readonly state: 'failed'; readonly reason: string };

/** Drives the commands of one side. Each run of a command is a chunk of one iteration. */
export class CommandRuns {
  readonly #side: Side;
  readonly #meter: Meter;
  readonly #steps: Steps;
  readonly #context: HarnessContext;
  #end: End = { state: 'exited', detail: 'exit code 0', output: '', wallMs: 0 };

  constructor(side: Side, meter: Meter, steps: Steps, context: HarnessContext) {
    this.#side = side;
    this.#meter = meter;
    this.#steps = steps;
    this.#context = context;
  }

  /** How the last process ended. */
  get end(): End {
    return this.#end;
  }

  async calibrate(setting: CommandSetting, request: DriveRequest): Promise<DriveOutcome> {
    const ran = await this.#once(setting, request.timeoutMs);
    const { name } = setting;
    if (ran.state === 'failed') return { state: 'failed', name, reason: ran.reason };
    return {
      state: 'calibrated',
      name,
      iterations: 1,
      // Starting the process is part of what its user waits for: there is no empty iteration to take away.
      overheadNs: 0,
      resolutionNs: this.#meter.resolutionNs,
      nsPerOp: ran.usage.wallNs,
    };
  }

  async sample(setting: CommandSetting, request: DriveRequest): Promise<DriveOutcome> {
    const { name } = setting;
    const timeout = performance.now() + request.timeoutMs;
    const warmup: Usage[] = [];
    const chunks: Usage[] = [];
    const asked = request.warmup[name] ?? 0;
    const half = Math.ceil(asked / 2);
    // Warm-up and the measured runs have a limit each; see `DriveRequest.maxBenchmarkMs`.
    for (const [taken, most, mayStop] of [
      [warmup, asked, () => warmup.length === half],
      [chunks, request.chunks, () => chunks.length > 0],
    ] as const) {
      const deadline = performance.now() + request.maxBenchmarkMs;
      while (taken.length < most) {
        if (mayStop() && performance.now() > deadline) break;
        const ran = await this.#once(setting, timeout - performance.now());
        if (ran.state === 'failed') return { state: 'failed', name, reason: ran.reason };
        taken.push(ran.usage);
      }
    }
    return {
      state: 'sampled',
      name,
      iterations: 1,
      warmup: warmup.map((usage) => usage.wallNs),
      chunks: chunks.map((usage) => usage.wallNs),
      extra: [
        ...metric(
          'CPU time',
          'ns',
          chunks.map((usage) => usage.cpuNs),
        ),
        ...metric(
          'peak memory',
          'bytes',
          chunks.map((usage) => usage.peakBytes),
        ),
      ],
      ...(this.#meter.missing.length > 0 ? { missing: this.#meter.missing } : {}),
    };
  }

  /** One run with what comes before and after it. */
  async #once(setting: CommandSetting, timeoutMs: number): Promise<Ran> {
    const deadline = performance.now() + timeoutMs;
    const left = (): number => deadline - performance.now();
    const before =
      (await this.#steps.setUp(setting, left())) ?? (await this.#steps.run('prepare', setting, left()));
    if (before !== undefined) return { state: 'failed', reason: before };
    const ran = await this.#measure(setting, left());
    const after = await this.#steps.run('conclude', setting, left());
    return ran.state === 'done' && after !== undefined ? { state: 'failed', reason: after } : ran;
  }

  async #measure(setting: CommandSetting, timeoutMs: number): Promise<Ran> {
    const at = workingFolder(setting, this.#side);
    if (at.state === 'outside') return { state: 'failed', reason: at.reason };
    const folder = join(this.#context.scratch, 'command');
    await mkdir(folder, { recursive: true });
    const out = join(folder, 'usage');
    await rm(out, { force: true });
    const command = setting.command.map((part) => fillIn(part, this.#side));
    const input =
      setting.input === undefined ? {} : { input: resolve(at.path, fillIn(setting.input, this.#side)) };
    if (input.input !== undefined && !(await isReadable(input.input))) {
      return { state: 'failed', reason: `its input cannot be read: ${setting.input}` };
    }
    const { discardOutput } = setting;
    const [program, ...args] = redirected(this.#meter.wrap(command, out), { ...input, discardOutput });
    const result = await this.#context.run({
      command: program,
      args,
      cwd: at.path,
      env: { ...this.#context.env, ...setting.env },
      timeoutMs: Math.max(1, timeoutMs),
      ...(this.#context.signal ? { signal: this.#context.signal } : {}),
    });
    if (result.state === 'not-found') {
      this.#end = { state: 'not-found', detail: result.reason, output: '', wallMs: 0 };
      return { state: 'failed', reason: `it could not be started: ${result.reason}` };
    }
    const output = `${result.stdout.slice(-2000)}\n${result.stderr.slice(-2000)}`.trim();
    const last = output.split('\n').at(-1)?.slice(0, 300) ?? '';
    const failed = (reason: string): Ran => ({
      state: 'failed',
      reason: last === '' ? reason : `${reason}: ${last}`,
    });
    const wallMs = result.durationMs;
    if (result.state === 'timed-out') {
      this.#end = { state: 'timed-out', detail: 'time-out', output, wallMs };
      return failed(`it was stopped after ${Math.round(wallMs / 1000)} s without finishing`);
    }
    if (result.state === 'signalled') {
      this.#end = { state: 'signalled', detail: result.signal, output, wallMs };
      return failed(`it was ended by ${result.signal}`);
    }
    this.#end = { state: 'exited', detail: `exit code ${result.code}`, output, wallMs };
    const metered = this.#meter.read(await readFile(out, 'utf8').catch(() => ''), wallMs * 1e6);
    if (metered.state === 'failed') return failed(metered.reason);
    const code = metered.code ?? result.code;
    const accepted = setting.exitCodes === 'any' || setting.exitCodes.includes(code);
    return accepted ? metered : failed(`it ended with exit code ${code}`);
  }
}

function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}

/** The median over the runs: one run that the machine disturbed does not move it. */
function metric(name: string, unit: string, values: readonly (number | undefined)[]): Sampled['extra'] {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const value = known[Math.floor(known.length / 2)];
  return value === undefined ? [] : [{ name, unit, value, better: 'lower' }];
}
