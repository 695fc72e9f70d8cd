import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../../kernel/files/read-json.ts';
import { type ProjectIdentity, resolvePolicy } from '../../kernel/policy/resolve.ts';
import { type Mode, policySchema } from '../../kernel/policy/schema.ts';
import { type BenchConfig, benchConfigSchema, benchPolicyFields } from '../config.ts';
import { benchErrors } from '../errors.ts';

/** Everything that a run needs to know of policy, with defaults filled in. */
export interface BenchSettings {
  readonly mode: Mode;
  readonly margin: number;
  readonly effectFloor: number;
  readonly meanMargin: number;
  readonly budgetSeconds: number;
  readonly env: Readonly<Record<string, string>>;
  readonly config: BenchConfig;
}

export const DEFAULT_MARGIN = 0.05;
export const DEFAULT_BUDGET_SECONDS = 20;
/** Of one benchmark over all its hypotheses: any fifty stay under 5 %. */
export const ALPHA = 0.001;
export const CONFIDENCE = 0.99;

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
  const margin = config.margin ?? shared.margin ?? DEFAULT_MARGIN;
  return {
    mode: config.mode ?? mode,
    margin,
    effectFloor: config.effectFloor ?? shared.effectFloor ?? margin / 2,
    meanMargin: config.meanMargin ?? shared.meanMargin ?? margin * 3,
    budgetSeconds: config.budgetSeconds ?? shared.budgetSeconds ?? DEFAULT_BUDGET_SECONDS,
    env: { ...shared.env, ...config.env },
    config,
  };
}

async function readOptional(root: string, file: string): Promise<unknown> {
  return (await readJson(join(root, file), { optional: true })) ?? {};
}

function check<S extends z.ZodType>(schema: S, value: unknown, file: string): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`)
    .join('; ');
  throw benchErrors.create('bench/config-invalid', { file, problems });
}
