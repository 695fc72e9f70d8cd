import { join } from 'node:path';
import { z } from 'zod';
import { DEFAULT_BUDGET_MS, judgePolicy } from '../../compare/policy.ts';
import type { JudgePolicy } from '../../compare/types.ts';
import { isAssayError } from '../../kernel/errors/assay-error.ts';
import { readJson } from '../../kernel/files/read-json.ts';
import { type ProjectIdentity, resolvePolicy } from '../../kernel/policy/resolve.ts';
import { type Mode, policySchema } from '../../kernel/policy/schema.ts';
import { type AcceptedEntry, readAccepted } from '../../kernel/waivers/index.ts';
import { type BenchConfig, benchConfigSchema, benchPolicyFields } from '../config.ts';
import { benchErrors } from '../errors.ts';
import { type QuarantineEntry, quarantineEntries } from '../quarantine/entries.ts';
import type { FewBenchmarksPolicy } from '../report/few-benchmarks.ts';
import { parseDuration } from './duration.ts';
import { pattern } from './pattern.ts';

/** Everything that a run needs to know of policy, with defaults filled in. */
export interface BenchSettings {
  readonly mode: Mode;
  readonly judge: JudgePolicy;
  /** Milliseconds for one benchmark, both sides together. */
  readonly budgetMs: number;
  /** Whether a run proves on a known slowdown that it would have found one. */
  readonly canary: boolean;
  readonly env: Readonly<Record<string, string>>;
  /** Glob of release tags and the margin of drift; absent where only the option asks for it. */
  readonly drift?: { readonly tag: string; readonly margin: number };
  /** What policy wants to be measured at least. */
  readonly few: FewBenchmarksPolicy;
  readonly quarantine: readonly QuarantineEntry[];
  /** Entries of `assay/accepted.json`, of all capabilities. */
  readonly accepted: readonly AcceptedEntry[];
  /** Without `quarantine`, which no sample depends on. */
  readonly config: BenchConfig;
}

const sectionSchema = z.object(benchPolicyFields).strict();

/**
 * Reads `assay/policy.json` of the workspace and `assay/bench.json` of the project and lays the second
 * over the first. Both are optional.
 *
 * @throws AssayError `bench/config-invalid`, `bench/bad-pattern`, `bench/unknown-unit`, those of `readAccepted`, or
 * what reading JSON throws (malformed, conflict markers)
 */
export async function loadSettings(workspaceRoot: string, project: ProjectIdentity): Promise<BenchSettings> {
  const policyFile = 'assay/policy.json';
  const policy = check(policySchema, await readOptional(workspaceRoot, policyFile), policyFile);
  const { mode, section } = resolvePolicy(policy, project, 'bench');
  const shared = check(sectionSchema, section, `${policyFile} › bench`);
  const configFile = project.root === '.' ? 'assay/bench.json' : `${project.root}/assay/bench.json`;
  const { quarantine, rest } = withoutQuarantine(await readOptional(workspaceRoot, configFile));
  const config = check(benchConfigSchema, rest, configFile);
  const wishes = { ...shared, ...config };
  const judge = judgePolicy(wishes);
  if (judge.effectFloor > judge.margin) {
    const problems = `effectFloor: ${judge.effectFloor} is more than the margin, ${judge.margin}`;
    throw benchErrors.create('bench/config-invalid', { file: configFile, problems });
  }
  checkPatterns(config);
  return {
    mode: config.mode ?? mode,
    judge,
    budgetMs: wishes.budgetSeconds === undefined ? DEFAULT_BUDGET_MS : wishes.budgetSeconds * 1000,
    canary: wishes.canary ?? true,
    env: { ...shared.env, ...config.env },
    ...(wishes.drift ? { drift: wishes.drift } : {}),
    few: { min: wishes.minBenchmarks ?? 3, severity: wishes.minBenchmarksSeverity ?? 'warning' },
    quarantine: quarantineEntries(quarantine),
    accepted: (await readAccepted(workspaceRoot, project.root)).accepted,
    config,
  };
}

/** Entries of `quarantine` are read one by one; what is no list at all stays where it is, for the schema to refuse. */
function withoutQuarantine(config: unknown): { quarantine: readonly unknown[]; rest: unknown } {
  if (typeof config !== 'object' || config === null || !('quarantine' in config)) {
    return { quarantine: [], rest: config };
  }
  const { quarantine, ...rest } = config;
  return Array.isArray(quarantine) ? { quarantine, rest } : { quarantine: [], rest: config };
}

/** Mistakes in limits and controls are told before anything is measured. */
function checkPatterns({ budgets = [], controls = [] }: BenchConfig): void {
  for (const { benchmark, max } of budgets) {
    pattern(benchmark, 'budgets of assay/bench.json');
    if (max !== undefined) parseDuration(max, 'budgets of assay/bench.json');
  }
  for (const control of controls) pattern(control, 'controls of assay/bench.json');
}

async function readOptional(root: string, file: string): Promise<unknown> {
  try {
    return await readJson(join(root, file));
  } catch (error) {
    if (isAssayError(error) && error.code === 'files/missing') return {};
    throw error;
  }
}

function check<S extends z.ZodType>(schema: S, value: unknown, file: string): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`)
    .join('; ');
  throw benchErrors.create('bench/config-invalid', { file, problems });
}
