import { z } from 'zod';

/** One entry of `results` in `assay/bench.json`. */
export const resultSchema = z
  .object({
    name: z.string().min(1).describe('Comes before the names of the benchmarks that the file holds.'),
    command: z
      .array(z.string())
      .min(1)
      .describe(
        'Program and arguments; never a shell line. `{out}` (a temporary file), `{projectRoot}` and `{workspaceRoot}` are filled in.',
      ),
    file: z
      .string()
      .optional()
      .describe(
        'File or folder that the command writes, relative to its cwd; `-` for its standard output. Default: `{out}`.',
      ),
    format: z
      .string()
      .optional()
      .describe(
        'auto, or one of assay-samples, criterion, go-benchmark, google-benchmark, hyperfine, jmh, mitata, pyperf, pytest-benchmark, vitest-4, vitest-5. Default: auto, by content.',
      ),
    cwd: z.string().optional().describe('Relative to the project root.'),
    env: z.record(z.string(), z.string()).optional().describe('Environment variables of this command alone.'),
  })
  .strict();
