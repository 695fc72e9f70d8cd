import { z } from 'zod';

/** Options of `nx g nx-assay:init`, which `nx add nx-assay` runs. */
export const initOptionsSchema = z
  .object({
    mode: z
      .enum(['enforce', 'observe'])
      .default('enforce')
      .describe('What a failed verdict does to its task: enforce fails it; observe shows it and exits 0.')
      .meta({
        'x-prompt': {
          message: 'What shall a failed verdict do?',
          type: 'list',
          items: [
            { value: 'enforce', label: 'enforce: fail the task' },
            { value: 'observe', label: 'observe: show it and exit 0, to adopt it step by step' },
          ],
        },
        'x-priority': 'important',
      }),
    projects: z
      .array(z.string())
      .optional()
      .describe(
        'Globs of folders with pyproject.toml, go.mod, Cargo.toml or pom.xml, and neither package.json nor project.json, that become projects. Default: all there are; `none` for none.',
      )
      .meta({ 'x-priority': 'important' }),
    workspaceProject: z
      .string()
      .optional()
      .describe('Name of the Nx project of the folder assay/ at the workspace root. Default: a free one.'),
    skipFormat: z
      .boolean()
      .default(false)
      .describe('Do not format the files that were changed.')
      .meta({ 'x-priority': 'internal' }),
  })
  .meta({
    title: 'Set up nx-assay',
    description:
      'Registers the plugin, makes the folder assay/ with the policy, ignores results, and keeps assay/ out of what builds depend on.',
    examples: [
      {
        command: 'nx g nx-assay:init --mode=observe',
        description: 'Show what would fail, and fail nothing yet.',
      },
      {
        command: "nx g nx-assay:init --projects='services/*'",
        description: 'Make projects of the Python, Go and Rust folders below services/.',
      },
    ],
  });

export type InitOptions = z.input<typeof initOptionsSchema>;
