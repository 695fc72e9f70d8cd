import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Harness, HarnessContext, Prepared, Side } from '../../harnesses/harness.ts';
import { type Turnstile, turnstile } from '../../harnesses/turns.ts';
import type { RunProcess } from '../../kernel/process/types.ts';
import { type Random, seededRandom } from '../../kernel/statistics/index.ts';
import { judge } from '../judge/judge.ts';
import { measureGroup } from '../measure/measure-group.ts';
import { judgePolicy } from '../policy.ts';
import type { BenchmarkSamples } from '../types.ts';
import { type Program, writeProgram } from './programs.ts';
import type { ProofRecord } from './records.ts';

/** A question of the proof. */
export interface Question {
  readonly truth: number;
  readonly margin: number;
  readonly budgetMs: number;
}

/** Programs of one language, built once for each truth, and asked as often as wanted. */
export interface Arena {
  ask(question: Question): Promise<(Omit<ProofRecord, 'peers'> & { samples: BenchmarkSamples }) | undefined>;
  dispose(): Promise<void>;
}

export interface ArenaRequest {
  readonly program: Program;
  readonly harness: Harness;
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunProcess;
  readonly clock: () => number;
  readonly truths: readonly number[];
}

/** @throws Error where a program does not build: its toolchain is missing, say */
export async function openArena(request: ArenaRequest): Promise<Arena> {
  const { program, harness, folder, run } = request;
  const random: Random = seededRandom(request.truths.length);
  const base = await build('base', 1, 'b-10000');
  const heads = new Map<number, Prepared>();
  for (const truth of request.truths) {
    heads.set(truth, await build('head', truth, `h-${String(Math.round(truth * 10_000)).padStart(5, '0')}`));
  }
  const stile: Turnstile | undefined = await turnstile(run, folder, random);
  let asked = 0;
  return {
    async ask({ truth, margin, budgetMs }) {
      const head = heads.get(truth);
      if (head === undefined) return undefined;
      const policy = judgePolicy({ margin });
      const drives = { base: base.drive.bind(base), head: head.drive.bind(head) };
      const from = request.clock();
      const { measured } = await measureGroup({
        drive: drives,
        ...(stile ? { driveInTurns: (pair) => stile.drive(drives, pair) } : {}),
        file: program.file,
        benchmarks: [program.name],
        isolation: harness.isolation,
        policy,
        budgetMs,
        processTimeoutMs: 60_000,
        seed: ++asked,
        clock: request.clock,
      });
      const found = measured[0];
      if (found === undefined) return undefined;
      const judgement = judge(found.samples, policy);
      const [first] = judgement.statistics;
      if (first === undefined) return undefined;
      const shown =
        judgement.statistics.find(({ statistic }) => judgement.decidedBy.includes(statistic)) ?? first;
      return {
        ...{ schema: 'nx-assay/proof@1', language: program.language, truth, margin },
        ...{ verdict: judgement.verdict, ratio: shown.ratio, interval: shown.interval, pairs: shown.pairs },
        ...(found.plan.detectable === undefined ? {} : { promised: found.plan.detectable }),
        ...(first.detectable === undefined ? {} : { detectable: first.detectable }),
        seconds: (request.clock() - from) / 1000,
        samples: found.samples,
      };
    },
    async dispose() {
      for (const side of [base, ...heads.values()]) await side.dispose();
    },
  };

  async function build(name: 'base' | 'head', truth: number, label: string): Promise<Prepared> {
    const projectRoot = join(folder, label);
    await writeProgram(program, projectRoot, truth);
    const side: Side = { name, repoRoot: projectRoot, workspaceRoot: projectRoot, projectRoot };
    const scratch = join(folder, `s-${label}`);
    await mkdir(scratch, { recursive: true });
    const context: HarnessContext = { run, scratch, env: request.env };
    const prepared = await harness.prepare(side, [program.file], { processTimeoutMs: 60_000 }, context);
    const [file] = prepared.files;
    if (file?.state !== 'ready')
      throw new Error(`${program.language}: ${file?.reason} ${file?.output ?? ''}`);
    return prepared;
  }
}
