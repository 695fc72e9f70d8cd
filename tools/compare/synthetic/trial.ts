import { parseArgs } from 'node:util';
import { clopperPearson, median } from '../../kernel/statistics/index.ts';
import { judge } from '../judge/judge.ts';
import { measureGroup } from '../measure/measure-group.ts';
import { judgePolicy } from '../policy.ts';
import type { JudgePolicy, Verdict } from '../types.ts';
import { type SyntheticSide, syntheticDrive, syntheticTurns } from './drive.ts';
import { Machine, type MachineTraits } from './machine.ts';
import { MACHINES } from './machines.ts';

export interface TrialRequest {
  readonly traits: MachineTraits;
  readonly runs: number;
  readonly seed: number;
  /** True head / base, on every chunk. */
  readonly ratio: number;
  /** Or on every n-th chunk only: then `ratio` is that of the mean. */
  readonly everyChunk?: number;
  readonly budgetMs?: number;
  readonly policy?: JudgePolicy;
  /** Whether processes of a pair take turns, as they do where they can; default true. */
  readonly turns?: boolean;
}

export interface TrialResult {
  readonly runs: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Runs whose interval holds the truth: that of the more precise of floor and median, and that of the mean. */
  readonly floorCovered: number;
  readonly meanCovered: number;
  readonly medianPairs: number;
  readonly medianMs: number;
  /** Median of half the width of the floor's interval, relative. */
  readonly halfWidth: number;
}

const NAME = 'work';

/** Runs whole comparisons on fresh synthetic machines, from listing to verdict. */
export async function runTrial(request: TrialRequest): Promise<TrialResult> {
  const { ratio, everyChunk, budgetMs = 20_000, policy = judgePolicy() } = request;
  const verdicts: Record<Verdict, number> = { improved: 0, unchanged: 0, regressed: 0, inconclusive: 0 };
  let [floorCovered, meanCovered] = [0, 0];
  const [pairs, times, widths]: number[][] = [[], [], []];
  for (let run = 0; run < request.runs; run++) {
    const machine = new Machine(request.traits, request.seed + run * 7919);
    const slower: SyntheticSide =
      everyChunk === undefined
        ? { nsPerOp: { [NAME]: 5000 * ratio } }
        : { nsPerOp: { [NAME]: 5000 }, sometimes: { everyChunk, extra: (ratio - 1) * everyChunk } };
    const sides = { base: { nsPerOp: { [NAME]: 5000 } }, head: slower };
    const result = await measureGroup({
      drive: { base: syntheticDrive(machine, sides.base), head: syntheticDrive(machine, sides.head) },
      ...(request.turns === false ? {} : { driveInTurns: syntheticTurns(machine, sides) }),
      file: 'synthetic',
      isolation: 'benchmark',
      policy,
      budgetMs,
      processTimeoutMs: 60_000,
      seed: request.seed + run,
      clock: machine.clock,
    });
    const samples = result.measured[0]?.samples;
    times?.push(result.elapsedMs);
    if (samples === undefined) {
      verdicts.inconclusive++;
      continue;
    }
    const judgement = judge(samples, policy);
    verdicts[judgement.verdict]++;
    for (const judged of judgement.statistics) {
      const truth = judged.statistic !== 'mean' && everyChunk !== undefined ? 1 : ratio;
      const covered = judged.interval[0] <= truth && truth <= judged.interval[1];
      if (judged.statistic === 'mean') meanCovered += Number(covered);
      else if (judged === judgement.statistics[0]) {
        floorCovered += Number(covered);
        widths?.push(Math.log(judged.interval[1] / judged.interval[0]) / 2);
        pairs?.push(judged.pairs);
      }
    }
  }
  return {
    runs: request.runs,
    verdicts,
    floorCovered,
    meanCovered,
    medianPairs: median(pairs?.length ? pairs : [0]),
    medianMs: median(times ?? []),
    halfWidth: median(widths?.length ? widths : [Number.POSITIVE_INFINITY]),
  };
}

function share(count: number, of: number): string {
  const [low, high] = clopperPearson(count, of, 0.95);
  const text = (value: number) => (100 * value).toFixed(value < 0.0995 ? 2 : 1);
  return `${text(count / of)} % [${text(low)}, ${text(high)}]`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      machines: { type: 'string', default: Object.keys(MACHINES).join(',') },
      ratios: { type: 'string', default: '1,1.01,1.02,1.05,1.1,0.9' },
      budget: { type: 'string', default: '20' },
      apart: { type: 'boolean', default: false },
    },
  });
  const runs = Number(values.runs);
  console.log(
    'machine    truth            changed (95 % interval)       unchanged   inconcl.  floor / mean covered   ±      pairs  time',
  );
  for (const name of values.machines.split(',')) {
    const traits = MACHINES[name as keyof typeof MACHINES];
    const cases = values.ratios.split(',').map((ratio) => ({ ratio: Number(ratio) }));
    for (const one of [...cases, { ratio: 1.3, everyChunk: 10 }]) {
      const found = await runTrial({
        ...one,
        traits,
        runs,
        seed: Number(values.seed),
        budgetMs: 1000 * Number(values.budget),
        turns: !values.apart,
      });
      const { improved, regressed, unchanged, inconclusive } = found.verdicts;
      const truth = `${one.ratio.toFixed(2)}${'everyChunk' in one ? ' every 10th' : ''}`;
      console.log(
        [
          name.padEnd(10),
          truth.padEnd(16),
          share(improved + regressed, runs).padEnd(28),
          `${((100 * unchanged) / runs).toFixed(1)} %`.padStart(8),
          `${((100 * inconclusive) / runs).toFixed(1)} %`.padStart(10),
          `${((100 * found.floorCovered) / runs).toFixed(1)} / ${((100 * found.meanCovered) / runs).toFixed(1)} %`.padStart(
            18,
          ),
          `${(100 * found.halfWidth).toFixed(2)} %`.padStart(8),
          found.medianPairs.toFixed(0).padStart(6),
          `${(found.medianMs / 1000).toFixed(1)} s`.padStart(7),
        ].join('  '),
      );
    }
  }
}

if (import.meta.main) await main();
