import type { CreateNodesContext, CreateNodesResultArray } from '@nx/devkit';
import type { Inference } from '../infer/inference.ts';
import { inferences } from '../infer/registry.gen.ts';
import type { PluginOptions } from '../options.ts';
import { fingerprintEntry } from './fingerprint-entry.ts';
import { planNodes } from './plan.ts';
import { warnOnce } from './warnings.ts';
import { workspaceReader } from './workspace-reader.ts';

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
    const reader = await workspaceReader(context.workspaceRoot, files);
    try {
      return [
        ...planNodes({
          files,
          options: options ?? {},
          workspaceRoot: context.workspaceRoot,
          workspace: {
            namedInputs: new Set(Object.keys(context.nxJsonConfiguration.namedInputs ?? {})),
            fingerprintEntry: fingerprintEntry(context.workspaceRoot),
          },
          inferences: inferences as readonly Inference[],
          reader,
          warn,
        }),
      ];
    } finally {
      reader.save();
    }
  } catch (error) {
    warn(`no targets were inferred: ${error instanceof Error ? error.message : String(error)}.`);
    return [];
  }
}
