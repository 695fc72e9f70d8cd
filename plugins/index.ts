import type { CreateDependencies, CreateNodes, PreTasksExecution } from '@nx/devkit';
import { preTasksExecution as setVariables } from './hooks/pre-tasks.ts';
import { NODES_GLOB } from './nodes/glob.ts';
import type { PluginOptions } from './options.ts';

/** The Nx plugin. Everything beyond its names is loaded when Nx asks for it. */
export const name = 'nx-assay';

export const createNodes: CreateNodes<PluginOptions> = [
  NODES_GLOB,
  async (files, options, context) =>
    (await import('./nodes/create-nodes.ts')).createNodes(files, options, context),
];

/** The name under which Nx 23 looks for `createNodes`. */
export const createNodesV2: CreateNodes<PluginOptions> = createNodes;

export const createDependencies: CreateDependencies<PluginOptions> = async (_options, context) =>
  (await import('./edges/create-dependencies.ts')).createDependencies(context);

/** Loaded at once and not when asked for: an `import()` inside would yield, which this hook must not. */
export const preTasksExecution: PreTasksExecution<PluginOptions> = (_options, context) => {
  setVariables(context);
};
