import { defineErrors } from '../kernel/errors/assay-error.ts';

/** What helps where the measuring loop outweighs what is measured. */
export const DO_MORE =
  'Let one operation do more (a larger input, several calls), and return its result: an operation whose result nobody uses may be removed by the compiler.';

export const benchErrors = defineErrors({
  'bench/config-invalid': {
    message: (p: { file: string; problems: string }) => `${p.file} does not fit its schema: ${p.problems}.`,
    remedy: () =>
      'Correct the field; the schema is node_modules/nx-assay/schemas/bench.schema.json and docs/reference lists every field.',
  },
  'bench/unknown-unit': {
    message: (p: { text: string; where: string }) => `'${p.text}' in ${p.where} is not a duration.`,
    remedy: () => 'Write a positive number with a unit: ns, us, ms, s, m or h, such as 250us or 60s.',
  },
  'bench/bad-pattern': {
    message: (p: { pattern: string; where: string; reason: string }) =>
      `'${p.pattern}' in ${p.where} is not a regular expression: ${p.reason}.`,
    remedy: () => 'Write a JavaScript regular expression, without slashes around it.',
  },
  'bench/unknown-harness': {
    message: (p: { harness: string; known: string }) =>
      `There is no harness '${p.harness}' (assay/bench.json); known are ${p.known}.`,
    remedy: () => 'Name one of these, or leave the field out and let the files tell.',
  },
  'bench/no-benchmarks': {
    message: (p: { project: string; looked: string }) =>
      `${p.project} has a bench target and no benchmark was found: looked for ${p.looked}.`,
    remedy: (p: { project: string }) =>
      `Write one, or let one be written: npx nx g nx-assay:bench ${p.project}. To take the target away set "enabled": false in assay/bench.json.`,
  },
  'bench/filter-matches-nothing': {
    message: (p: { filter: string; count: number }) =>
      `--filter=${p.filter} matches none of the ${p.count} benchmarks.`,
    remedy: () => 'See their names with --list.',
  },
  'bench/toolchain-missing': {
    message: (p: { what: string; harness: string }) =>
      `The ${p.harness} benchmarks were skipped, since their toolchain is missing: ${p.what.replace(/\.$/, '')}.`,
    remedy: (p: { remedy: string }) => p.remedy,
  },
  'bench/setup-failed': {
    message: (p: { command: string; side: string; output: string }) =>
      `The setup command '${p.command}' failed in your tree: ${p.output}.`,
    remedy: () => 'Run it by hand in the project folder, or mend "setup" in assay/bench.json.',
  },
  'base/setup-failed': {
    message: (p: { command: string; side: string; output: string }) =>
      `The setup command '${p.command}' failed on the base: ${p.output}.`,
    remedy: () => 'Check the base out and run it there by hand, or mend "setup" in assay/bench.json.',
  },
  'bench/baseline-schema': {
    message: (p: { file: string; problem: string; wanted: string }) =>
      `${p.file} is not a baseline of ${p.wanted}: ${p.problem}.`,
    remedy: () =>
      'Take it anew with --update-baseline (delete the file first if it is of another version), and commit it.',
  },
  'bench/canary-missed': {
    message: (p: { subject: string; truth: string; seen: string; harness: string }) =>
      `The canary was not found: ${p.subject} was slowed down by ${p.truth} on purpose, and the comparison saw ${p.seen}. So no 'unchanged' of the ${p.harness} benchmarks of this run can be believed.`,
    remedy: () =>
      'Run again. Where it is missed again, the machine is too noisy for the margin (raise --budget or "margin"), or the benchmark does not do more work when it is asked for more operations: look at what it measures.',
  },
  'bench/canary-not-measured': {
    message: (p: { harness: string; reason: string }) =>
      `The canary of the ${p.harness} benchmarks could not be measured: ${p.reason.replace(/\.$/, '')}. Nothing shows that this run would have found a slowdown.`,
    remedy: () => 'Run again with more time (--budget, "budgetSeconds").',
  },
  'bench/changed-while-measuring': {
    message: (p: { paths: string }) =>
      `Files changed while they were measured, so that the figures may be of a mixture: ${p.paths}.`,
    remedy: () =>
      'Leave the sources alone until the run ends, and run again. If the benchmarks themselves write these files, let git ignore them.',
  },
  'bench/duplicate-name': {
    message: (p: { name: string }) =>
      `Several benchmarks are called ${p.name}, so none of them was measured: their figures could not be told apart.`,
    remedy: () => 'Give them different names: results, baselines and history key on the name.',
  },
  'bench/faster-than-loop': {
    message: (p: { title: string; overhead: string }) =>
      `${p.title} takes no longer than the empty measuring loop (${p.overhead}), so there was nothing to measure.`,
    remedy: () => DO_MORE,
  },
  'base/contaminated': {
    message: (p: { side: string; paths: string }) =>
      `${p.side === 'base' ? 'The base loaded code out of your tree' : "Your tree loaded the base's code"}: ${p.paths}. Its figures would be those of the wrong version, so none were kept.`,
    remedy: () =>
      'Look for an absolute path (sys.path, replace, paths, a link) or a package that is installed as a copy, and let it resolve inside the workspace.',
  },
  'base/does-not-build': {
    message: (p: { what: string; reason: string }) => `${p.what} on the base: ${p.reason}.`,
    remedy: () =>
      'Check the base out and build it by hand; if it needs a step first, put that into "setup" of assay/bench.json.',
  },
  'base/unresolved': {
    message: (p: { reason: string }) => `There is no base to compare with: ${p.reason.replace(/\.$/, '')}.`,
    remedy: () => 'Fetch the history (in CI: fetch-depth: 0), or name a base with --base=<ref> or NX_BASE.',
  },
});
