import { createHash } from 'node:crypto';
import type { CreateNodesContext, CreateNodesResultArray } from '@nx/devkit';
import { packageVersion } from '../../tools/kernel/files/package-file.ts';
import { fileState } from '../facts/fact-cache.ts';
import type { WorkspaceFacts } from '../facts/project-facts.ts';
import { writeCache } from '../facts/write-cache.ts';
import type { Inference } from '../infer/inference.ts';
import { inferences } from '../infer/registry.gen.ts';
import type { PluginOptions } from '../options.ts';
import { fingerprintEntry } from './fingerprint-entry.ts';
import { planNodes } from './plan.ts';
import { type CachedPlan, reusablePlan } from './plan-cache.ts';
import { warnOnce } from './warnings.ts';
import { cachePath, workspaceReader } from './workspace-reader.ts';

/**
 * The plugin's `createNodes`. Never throws: a graph that fails because of us would stop every task of the
 * workspace, so whatever goes wrong leaves our targets out, with a warning.
 */
export async function createNodes(
  files: readonly string[],
  options: PluginOptions | undefined,
  context: CreateNodesContext,
): Promise<CreateNodesResultArray> {
  const warn = warnOnce();
  try {
    const plan = await cachedPlan(files, options ?? {}, context);
    for (const warning of plan.warnings) warn(warning);
    return plan.nodes;
  } catch (error) {
    warn(`no targets were inferred: ${error instanceof Error ? error.message : String(error)}.`);
    return [];
  }
}

async function cachedPlan(
  files: readonly string[],
  options: PluginOptions,
  context: CreateNodesContext,
): Promise<CachedPlan> {
  const { workspaceRoot, nxJsonConfiguration } = context;
  const workspace: WorkspaceFacts = {
    namedInputs: new Set(Object.keys(nxJsonConfiguration.namedInputs ?? {})),
    fingerprintEntry: fingerprintEntry(workspaceRoot),
  };
  const signature = fileState(workspaceRoot);
  const path = cachePath(workspaceRoot, 'plan');
  const key = keyOf(files, options, workspace);
  const cached = isSource ? undefined : reusablePlan(path, key, signature);
  if (cached !== undefined) return cached;
  const reader = await workspaceReader(workspaceRoot, 'facts', signature, files);
  const warnings: string[] = [];
  try {
    const nodes = planNodes({
      files,
      options,
      workspaceRoot,
      workspace,
      inferences: inferences as readonly Inference[],
      reader,
      warn: (message) => warnings.push(message),
    });
    const plan = { key, reads: reader.reads(), warnings, nodes: [...nodes] };
    if (!isSource) writeCache(path, JSON.stringify(plan));
    return plan;
  } finally {
    reader.save();
  }
}

/** From source the code may change without its version: then a plan is never taken from the cache. */
const isSource = import.meta.url.endsWith('.ts');

function keyOf(files: readonly string[], options: PluginOptions, workspace: WorkspaceFacts): string {
  const { namedInputs, fingerprintEntry } = workspace;
  const rest = [
    options,
    [...namedInputs],
    fingerprintEntry,
    packageVersion(),
    process.env.NX_INFER_ALL_PACKAGE_JSONS,
  ];
  return createHash('sha256').update(JSON.stringify(rest)).update(files.join('\n')).digest('hex');
}
