import { z } from 'zod';

const mode = z.enum(['enforce', 'observe']);

/**
 * `assay/policy.json` at the workspace root: mode and, under the name of each capability, the settings
 * that hold for all projects; `projects` overrides them by name glob, path glob or tag. Later entries win
 * over earlier ones, and a project's own file wins over all.
 */
export const policySchema = z
  .object({
    $schema: z.string().optional(),
    mode: mode.optional().describe('`observe` shows what would fail and exits 0. Default enforce.'),
    projects: z
      .array(
        z
          .object({
            match: z.string().min(1).describe('Project name glob, path glob, or `tag:<name>`.'),
            mode: mode.optional(),
          })
          .catchall(z.unknown()),
      )
      .optional(),
  })
  .catchall(z.unknown());

export type Policy = z.infer<typeof policySchema>;
export type Mode = z.infer<typeof mode>;
