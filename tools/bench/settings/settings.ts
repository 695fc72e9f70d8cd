import { join } from 'node:path';
import { z } from 'zod';
import { DEFAULT_BUDGET_MS, judgePolicy } from '../../compare/policy.ts';
import type { JudgePolicy } from '../../compare/types.ts';
import { isAssayError } from '../../kernel/errors/assay-error.ts';
import { readJson } from '../../kernel/files/read-json.ts';
import { type ProjectIdentity, resolvePolicy } from '../../kernel/policy/resolve.ts';
import { type Mode, policySchema } from '../../kernel/policy/schema.ts';
import { type BenchConfig, benchConfigSchema, benchPolicyFields } from '../config.ts';
import { benchErrors } from '../errors.ts';

/** Everything that a run needs to know of policy, with defaults filled in. */
export interface BenchSettings {
  readonly mode: Mode;
  readonly judge: JudgePolicy;
  /** Milliseconds for one benchmark, both sides together. */
  readonly budgetMs: number;
  readonly env: Readonly<Record<string, string>>;
  readonly config: BenchConfig;
}

const sectionSchema = z.object(benchPolicyFields).strict();

/**
 * Reads `assay/policy.json` of the workspace and `assay/bench.json` of the project and lays the second
 * over the first. Both are optional.
 *
 * @throws AssayError `bench/config-invalid`, or what reading JSON throws (malformed, conflict markers)
 */
export async function loadSettings(workspaceRoot: string, project: ProjectIdentity): Promise<BenchSettings> {
  const policyFile = 'assay/policy.json';
  const policy = check(policySchema, await readOptional(workspaceRoot, policyFile), policyFile);
  const { mode, section } = resolvePolicy(policy, project, 'bench');
  const shared = check(sectionSchema, section, `${policyFile} › bench`);
  const configFile = project.root === '.' ? 'assay/bench.json' : `${project.root}/assay/bench.json`;
  const config = check(benchConfigSchema, await readOptional(workspaceRoot, configFile), configFile);
  const wishes = { ...shared, ...config };
  return {
    mode: config.mode ?? mode,
    judge: judgePolicy(wishes),
    budgetMs: wishes.budgetSeconds === undefined ? DEFAULT_BUDGET_MS : wishes.budgetSeconds * 1000,
    env: { ...shared.env, ...config.env },
    config,
  };
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
