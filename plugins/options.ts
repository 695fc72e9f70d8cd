import { z } from 'zod';

/**
 * Options of the plugin in `nx.json`. Inference imports only the type: loading zod for every project graph
 * would cost more than the inference itself.
 */
export const pluginOptionsSchema = z.object({
  workspaceProject: z
    .string()
    .optional()
    .describe('Name of the Nx project of the folder assay/ at the workspace root. Default: assay.'),
  targetNames: z
    .record(z.string(), z.string())
    .optional()
    .describe('Target names by capability. Default: the name of the capability.'),
  projects: z
    .array(z.string())
    .optional()
    .describe(
      'Globs of folders with pyproject.toml, go.mod, Cargo.toml or pom.xml and neither package.json nor project.json that become projects.',
    ),
  attach: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'Folders whose project another plugin makes: root to project name. They get our targets, and no second project.',
    ),
});

export type PluginOptions = z.infer<typeof pluginOptionsSchema>;
