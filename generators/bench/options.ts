import { z } from 'zod';

/** Options of `nx g nx-assay:bench`. */
export const benchOptionsSchema = z
  .object({
    project: z
      .string()
      .min(1)
      .describe('Project, or folder of the workspace, that gets benchmarks.')
      .meta({
        $default: { $source: 'argv', index: 0 },
        'x-prompt': 'Which project shall get benchmarks?',
        'x-dropdown': 'projects',
        'x-priority': 'important',
      }),
    harness: z
      .enum(['vitest', 'pytest-benchmark', 'go-testing', 'jmh', 'criterion'])
      .optional()
      .describe('Benchmark library. Default: the one of each language that the project is written in.')
      .meta({ 'x-priority': 'important' }),
    count: z.number().int().min(1).max(50).default(5).describe('How many functions to measure at most.'),
    source: z
      .string()
      .optional()
      .describe(
        'Folder whose functions are measured, relative to the project. Default: what the project exports.',
      )
      .meta({ 'x-completion-type': 'directory' }),
    directory: z
      .string()
      .optional()
      .describe("Folder of the benchmark files, relative to the project. Default: the language's convention.")
      .meta({ 'x-completion-type': 'directory' }),
    config: z.boolean().default(false).describe('Also write assay/bench.json, for margins and budgets.'),
    skipFormat: z
      .boolean()
      .default(false)
      .describe('Do not format the files that were changed.')
      .meta({ 'x-priority': 'internal' }),
  })
  .meta({
    title: 'Write benchmarks for a project',
    description:
      "Scaffolds benchmarks from a project's own exported functions (TypeScript, Python, Go, Java, Rust), and adds the benchmark library where it is missing.",
    examples: [
      { command: 'nx g nx-assay:bench pricing', description: 'Benchmarks for the project pricing.' },
      {
        command: 'nx g nx-assay:bench web --source=src/search --count=3',
        description: 'Three benchmarks of what src/search exports.',
      },
    ],
  });

export type BenchGeneratorOptions = z.input<typeof benchOptionsSchema>;
