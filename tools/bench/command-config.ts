import { z } from 'zod';

const argv = z.array(z.string()).min(1);

/** One entry of `commands` in `assay/bench.json`. */
export const commandSchema = z
  .object({
    name: z
      .string()
      .describe('Name of the benchmark. `{parameter}` in it stands for the value of a parameter.'),
    command: argv.describe(
      'Program and arguments; never a shell line. `{projectRoot}`, `{workspaceRoot}` and `{parameter}` are filled in.',
    ),
    cwd: z.string().optional().describe('Relative to the project root.'),
    env: z.record(z.string(), z.string()).optional().describe('Environment variables of this command alone.'),
    parameters: z
      .record(z.string(), z.array(z.union([z.string(), z.number()])).min(1))
      .optional()
      .describe('Values by name: each combination is a benchmark of its own.'),
    setup: argv.optional().describe('Run once on each side before the first run of the command.'),
    prepare: argv
      .optional()
      .describe('Run before each run, warm-up too, and not timed: to empty a cache, to restore a file.'),
    conclude: argv.optional().describe('Run after each run and not timed.'),
    cleanup: argv.optional().describe('Run once on each side after the last run.'),
    exitCodes: z
      .union([z.literal('any'), z.array(z.number().int().min(0).max(255)).min(1)])
      .optional()
      .describe('Exit codes that are no failure. Default: [0].'),
    input: z
      .string()
      .optional()
      .describe('File that the command reads from standard input, relative to its cwd. Default: nothing.'),
    output: z
      .enum(['capture', 'discard'])
      .optional()
      .describe(
        '`discard` sends standard output to nowhere, which is the cheapest for a command that writes much. Default: it is read, and its end shown where the command fails.',
      ),
  })
  .strict();
