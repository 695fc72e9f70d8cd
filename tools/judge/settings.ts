import { join } from 'node:path';
import { z } from 'zod';
import { judgePolicy } from '../compare/policy.ts';
import type { JudgePolicy } from '../compare/types.ts';
import { isAssayError } from '../kernel/errors/assay-error.ts';
import { readJson } from '../kernel/files/read-json.ts';
import { resolvePolicy } from '../kernel/policy/resolve.ts';
import { type Mode, policySchema } from '../kernel/policy/schema.ts';
import { judgeConfigSchema, judgePolicyFields } from './config.ts';
import { judgeErrors } from './errors.ts';
import type { JudgeRequest } from './request.ts';

/** What a judgement goes by, defaults filled in. */
export interface JudgeSettings {
  readonly mode: Mode;
  readonly policy: JudgePolicy;
  readonly controls: readonly RegExp[];
}

const sectionSchema = z.object(judgePolicyFields).strict();
const POLICY = 'assay/policy.json';
const CONFIG = 'assay/judge.json';

/**
 * Lays options over `assay/judge.json` over the workspace's policy; both files are optional.
 *
 * @throws AssayError `judge/config-invalid`, `judge/bad-pattern`, `compare/bad-policy`, or what reading JSON throws
 */
export async function loadSettings(request: JudgeRequest): Promise<JudgeSettings> {
  const policy = check(policySchema, await readOptional(request.workspaceRoot, POLICY), POLICY);
  const { mode, section } = resolvePolicy(policy, request.project, 'judge');
  const shared = check(sectionSchema, section, `${POLICY} › judge`);
  const config = check(judgeConfigSchema, await readOptional(request.workspaceRoot, CONFIG), CONFIG);
  const wishes = {
    ...shared,
    ...config,
    ...(request.margin === undefined ? {} : { margin: request.margin }),
  };
  const judged = judgePolicy(wishes);
  if (judged.effectFloor > judged.margin) {
    const problems = `effectFloor: ${judged.effectFloor} is more than the margin, ${judged.margin}`;
    throw judgeErrors.create('judge/config-invalid', { file: CONFIG, problems });
  }
  const controls = [...(config.controls ?? []), ...request.controls].map(pattern);
  return { mode: config.mode ?? mode, policy: judged, controls };
}

function pattern(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw judgeErrors.create('judge/bad-pattern', { pattern: source, where: 'controls', reason });
  }
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
  throw judgeErrors.create('judge/config-invalid', { file, problems });
}
