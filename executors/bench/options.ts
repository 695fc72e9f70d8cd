import { z } from 'zod';

/** Nx turns a value that looks like a number into one: `--filter=500`, a commit such as 1234567. */
const text = z.union([z.string(), z.number().int()]).transform(String);

/** Options of the `bench` executor; `schema.json` is generated from this. */
export const benchOptionsSchema = z
  .object({
    base: text
      .optional()
      .describe('Commit, branch or tag to compare with. HEAD compares a dirty tree with its commit.'),
    filter: text.optional().describe('Regular expression: measure only benchmarks whose id matches.'),
    list: z.boolean().default(false).describe('List the benchmarks and measure nothing.'),
    json: z.boolean().default(false).describe('Print the Report as JSON on stdout and nothing else.'),
    budget: text
      .optional()
      .describe('Time for the whole run, such as 60s or 5m. What does not fit is inconclusive.'),
    updateBaseline: z.boolean().default(false).describe('Measure and write assay/bench.baseline.json.'),
    aa: z.boolean().default(false).describe('Compare head with itself: what this machine calls noise.'),
    drift: z
      .union([z.boolean(), text])
      .default(false)
      .describe(
        "Compare with the newest release tag that head contains, and look along recorded history. A value is the glob of the tags: --drift='v*'.",
      ),
    history: text
      .optional()
      .describe('With --drift: folders or files of kept Reports, separated by commas, as further history.'),
    explain: z
      .union([z.boolean(), z.literal('bisect')])
      .default(false)
      .describe(
        'Name the commits that touched what a regressed benchmark runs. `bisect` measures them, within --budget (10m where absent).',
      ),
    force: z.boolean().default(false).describe('Measure also where the inputs equal those of the base.'),
    accept: text
      .optional()
      .describe(
        'Accept the regression of this benchmark (title, id or regular expression), up to the upper end of its interval: writes assay/accepted.json. Needs --reason.',
      ),
    reason: text.optional().describe('Why the regression is accepted; reviewers see it in every run.'),
    witness: z
      .enum(['auto', 'wall', 'instructions'])
      .optional()
      .describe(
        'What decides: wall time; instruction counts under valgrind; or `auto`, which counts where wall time cannot tell. Policy says it where absent.',
      ),
    failOn: z
      .array(z.enum(['failed', 'inconclusive']))
      .default(['failed'])
      .describe('Verdicts that fail the task.'),
  })
  .meta({
    title: 'Benchmarks, compared with a base and judged',
    description:
      'Measures the benchmarks of a project, compares them with a base commit side by side on this machine, and judges the difference.',
    examples: [
      { command: 'nx run pricing:bench --base=main', description: 'Compare pricing with its state on main.' },
      { command: 'nx run pricing:bench --list', description: 'List the benchmarks of pricing.' },
      {
        command: "nx run pricing:bench --accept=parse --reason='checks the currency too'",
        description: 'Accept that parse got slower, up to what was measured, until it is merged.',
      },
      { command: 'nx run pricing:bench --drift', description: 'Compare pricing with the last release.' },
      {
        command: 'nx run pricing:bench --base=main --explain=bisect',
        description: 'Find the commit that made pricing slower.',
      },
      { command: 'nx affected -t bench', description: 'Measure what a change affects.' },
    ],
  });

export type BenchOptions = z.infer<typeof benchOptionsSchema>;
