import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessResult } from '../../kernel/process/types.ts';
import { type DriverProgram, processEnd } from '../drive-process.ts';
import type { DriveOutcome, DriveRequest, DriveResult, HarnessContext } from '../harness.ts';

/** Criterion takes no fewer samples. */
const FEWEST = 10;

/**
 * Drives a benchmark program that criterion itself is built into, by its command line: for those files that need what
 * our stand-in has not. Criterion chooses the iterations of each sample by itself, so that chunks differ in length,
 * and its processes take no turns.
 */
export class ThroughCriterion {
  readonly #program: DriverProgram;
  readonly #context: HarnessContext;
  /** Nanoseconds of an operation, as calibration found them. */
  readonly #nsPerOp = new Map<string, number>();
  #runs = 0;

  constructor(program: DriverProgram, context: HarnessContext) {
    this.#program = program;
    this.#context = context;
  }

  async drive(request: DriveRequest): Promise<DriveResult> {
    if (request.mode === 'list') return await this.#list(request);
    const names =
      request.benchmarks.length > 0
        ? request.benchmarks
        : (await this.#list(request)).outcomes.map(({ name }) => name);
    const outcomes: DriveOutcome[] = [];
    let process: DriveResult['process'] = { state: 'exited', detail: 'exit code 0', output: '', wallMs: 0 };
    for (const name of names) {
      const measured = await this.#measure(name, request);
      outcomes.push(measured.outcome);
      process = measured.process;
    }
    return { outcomes, duplicates: [], loaded: [], process };
  }

  async #list(request: DriveRequest): Promise<DriveResult> {
    const result = await this.#run(['--list'], request.timeoutMs, {});
    const text = 'stdout' in result ? result.stdout : '';
    const names = [...text.matchAll(/^(.+): bench(?:mark)?$/gm)].map((match) => match[1] as string);
    const known = new Set<string>();
    const duplicates = names.filter((name) => known.has(name) || !known.add(name));
    const outcomes = [...known].map((name): DriveOutcome => ({ state: 'listed', name }));
    return { outcomes, duplicates, loaded: [], process: processEnd(result) };
  }

  async #measure(
    name: string,
    request: DriveRequest,
  ): Promise<{ readonly outcome: DriveOutcome; readonly process: DriveResult['process'] }> {
    // Of one length for all.
    const home = join(this.#context.scratch, `home-${String(this.#runs++ % 1e6).padStart(6, '0')}`);
    await mkdir(home, { recursive: true });
    try {
      const args = [...this.#times(name, request), '--noplot', '--', `^${literally(name)}$`];
      const result = await this.#run(args, request.timeoutMs, { CRITERION_HOME: home });
      const samples = await samplesOf(home, name);
      const process = processEnd(result);
      if (samples === undefined || samples.length === 0) {
        const last = process.output.trim().split('\n').at(-1) ?? '';
        const reason = `criterion told no samples of it (${process.detail})${last === '' ? '' : `: ${last.slice(0, 300)}`}`;
        return { outcome: { state: 'failed', name, reason }, process };
      }
      return { outcome: this.#outcome(name, samples, request), process };
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }

  /** What was asked for in chunks, in criterion's terms: seconds and samples. */
  #times(name: string, request: DriveRequest): readonly string[] {
    const chunkMs = ((this.#nsPerOp.get(name) ?? 0) * (request.iterations[name] ?? 1)) / 1e6 || 20;
    const chunks = request.mode === 'sample' ? Math.max(FEWEST, request.chunks) : FEWEST;
    const warmup = request.mode === 'sample' ? (request.warmup[name] ?? 0) * chunkMs : 50;
    const seconds = (ms: number): string =>
      (Math.max(10, Math.min(ms, request.maxBenchmarkMs)) / 1000).toFixed(3);
    return [
      ...['--bench', '--sample-size', String(chunks)],
      ...['--warm-up-time', seconds(warmup), '--measurement-time', seconds(chunks * chunkMs)],
    ];
  }

  #outcome(name: string, samples: readonly Sample[], request: DriveRequest): DriveOutcome {
    const chunks = samples.map(({ ns, iterations }) => ns / iterations);
    const fastest = Math.min(...chunks);
    if (request.mode === 'calibrate') {
      this.#nsPerOp.set(name, fastest);
      const iterations = Math.max(1, Math.round(request.targetChunkNs / fastest));
      return { state: 'calibrated', name, iterations, overheadNs: 0, resolutionNs: 100, nsPerOp: fastest };
    }
    const iterations = request.iterations[name] ?? 1;
    return { state: 'sampled', name, iterations, warmup: [], chunks, extra: [] };
  }

  #run(
    args: readonly string[],
    timeoutMs: number,
    env: Readonly<Record<string, string>>,
  ): Promise<ProcessResult> {
    return this.#context.run({
      command: this.#program.command,
      args: args.includes('--bench') ? args : ['--bench', ...args],
      cwd: this.#program.cwd,
      env: { ...this.#program.env, ...env },
      timeoutMs,
      ...(this.#context.signal ? { signal: this.#context.signal } : {}),
    });
  }
}

interface Sample {
  readonly iterations: number;
  readonly ns: number;
}

/** The samples of one benchmark below criterion's folder, in the order taken; undefined where there are none. */
export async function samplesOf(home: string, name: string): Promise<readonly Sample[] | undefined> {
  const files = await readdir(home, { recursive: true }).catch(() => []);
  for (const file of files.filter((path) => /(?:^|[\\/])new[\\/]benchmark\.json$/.test(path))) {
    const { full_id: id } = (await readJson(join(home, file))) as { full_id?: unknown };
    if (id !== name) continue;
    const { iters, times } = (await readJson(join(home, file, '../sample.json'))) as {
      iters?: unknown;
      times?: unknown;
    };
    if (!Array.isArray(iters) || !Array.isArray(times) || iters.length !== times.length) return undefined;
    const samples = times.map((ns, at) => ({ ns: Number(ns), iterations: Number(iters[at]) }));
    return samples.every(({ ns, iterations }) => ns > 0 && iterations > 0) ? samples : undefined;
  }
  return undefined;
}

async function readJson(path: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** As a regular expression of Rust's, which knows no more escapes than these. */
function literally(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\#&~-]/g, '\\$&');
}
