import { z } from 'zod';

/** Options of `nx g nx-assay:enforce`. */
export const enforceOptionsSchema = z
  .object({
    projects: z
      .string()
      .min(1)
      .describe('Projects to move: a name glob, a path glob, or `tag:<name>`.')
      .meta({
        $default: { $source: 'argv', index: 0 },
        'x-prompt': 'Which projects shall fail from now on? (name glob, path glob, or tag:<name>)',
        'x-priority': 'important',
      }),
    skipFormat: z
      .boolean()
      .default(false)
      .describe('Do not format the files that were changed.')
      .meta({ 'x-priority': 'internal' }),
  })
  .meta({
    title: 'Move projects from observe to enforce',
    description:
      'Lets failed verdicts fail their tasks for the projects named, by an entry in assay/policy.json.',
    examples: [
      { command: 'nx g nx-assay:enforce pricing', description: 'Enforce one project.' },
      {
        command: 'nx g nx-assay:enforce --projects=tag:team:shop',
        description: 'Enforce the projects of a tag.',
      },
      { command: "nx g nx-assay:enforce --projects='*'", description: 'Enforce the whole workspace.' },
    ],
  });

export type EnforceOptions = z.input<typeof enforceOptionsSchema>;
