import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import goTesting from '../../harnesses/go-testing/index.ts';
import type { Harness, Prepared, Side } from '../../harnesses/harness.ts';
import pytest from '../../harnesses/pytest-benchmark/index.ts';
import vitest from '../../harnesses/vitest/index.ts';
import { runProcess } from '../../kernel/process/run.ts';
import { testPython } from '../../languages/python/fixtures/environment.ts';
import type { CountLanguage } from './traits.ts';

/** What is counted to prove counting: three benchmarks in each language. */
export interface TrialProgram {
  readonly language: CountLanguage;
  readonly harness: Harness;
  readonly file: string;
  readonly benchmarks: readonly string[];
}

export const TRIAL_PROGRAMS: readonly TrialProgram[] = [
  {
    language: 'typescript',
    harness: vitest,
    file: 'trial.bench.ts',
    benchmarks: ['numbers', 'text', 'tables'],
  },
  {
    language: 'python',
    harness: pytest,
    file: 'test_trial.py',
    benchmarks: ['test_numbers', 'test_text', 'test_tables'],
  },
  {
    language: 'go',
    harness: goTesting,
    file: 'trial_test.go',
    benchmarks: ['BenchmarkNumbers', 'BenchmarkText', 'BenchmarkTables'],
  },
];

/** Work is done twice at every so many pieces: at none of them. */
export const NEVER = 1_000_000_007;

export interface TrialSides {
  readonly state: 'ready';
  readonly base: Prepared;
  readonly head: Prepared;
  /** Sets how often a side does its work twice. */
  slow(side: 'base' | 'head', every: number): void;
  remove(): Promise<void>;
}

/** Both sides of a program, in folders whose names differ in length, as those of a base and a head do. */
export async function trialSides(
  program: TrialProgram,
): Promise<TrialSides | { readonly state: 'missing'; readonly reason: string }> {
  let python: string | undefined;
  if (program.language === 'python') {
    const found = await testPython();
    if (found.state === 'missing') return found;
    python = found.python;
  }
  if (program.language === 'go' && !answers('go', 'version')) {
    return { state: 'missing', reason: 'go is not installed' };
  }
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'assay-counts-'));
  const trees = { base: join(root, 'b'), head: join(root, 'a-folder-with-a-longer-name') };
  const settings = (side: 'base' | 'head') => join(root, `${side}.json`);
  const slow = (side: 'base' | 'head', every: number) =>
    writeFileSync(settings(side), JSON.stringify({ every }));
  const prepare = async (name: 'base' | 'head'): Promise<Prepared> => {
    const tree = trees[name];
    cpSync(join(import.meta.dirname, 'fixtures/trial'), tree, { recursive: true });
    slow(name, NEVER);
    const side: Side = { name, repoRoot: tree, workspaceRoot: tree, projectRoot: tree };
    const scratch = join(root, `scratch-${name}`);
    mkdirSync(scratch);
    const other = trees[name === 'base' ? 'head' : 'base'];
    const env = {
      ASSAY_TRIAL: settings(name),
      ...(python === undefined ? {} : { ASSAY_PYTHON: python, ASSAY_PYTHON_TREE: `${tree}\x1f${other}` }),
    };
    const context = { run: runProcess, scratch, env };
    const prepared = await program.harness.prepare(
      side,
      [program.file],
      { processTimeoutMs: 60_000 },
      context,
    );
    const [file] = prepared.files;
    if (file?.state !== 'ready') throw new Error(`${program.file} was not built: ${file?.reason}`);
    return prepared;
  };
  const [base, head] = [await prepare('base'), await prepare('head')];
  return {
    state: 'ready',
    base,
    head,
    slow,
    remove: async () => {
      await base.dispose();
      await head.dispose();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function answers(command: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
