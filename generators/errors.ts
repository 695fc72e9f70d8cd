import { defineErrors } from '../tools/kernel/errors/assay-error.ts';

/** Errors of the generators. */
export const generatorErrors = defineErrors({
  'generator/nx-too-old': {
    message: (p: { version: string; floor: number }) =>
      `This workspace runs Nx ${p.version}; nx-assay needs Nx ${p.floor} or newer.`,
    remedy: () => 'Run npx nx migrate latest, then npx nx migrate --run-migrations, and start again.',
  },
  'generator/no-policy': {
    message: (p: { file: string }) => `There is no ${p.file}, so no project is in observe mode.`,
    remedy: () => 'Run npx nx g nx-assay:init first.',
  },
  'generator/broken-json': {
    message: (p: { file: string; reason: string }) => `${p.file} cannot be read: ${p.reason}`,
    remedy: (p: { file: string }) => `Mend ${p.file}, and start again. Nothing was changed.`,
  },
  'generator/no-match': {
    message: (p: { pattern: string }) =>
      `No project has a name, a path or a tag that matches '${p.pattern}'.`,
    remedy: () => 'List them with npx nx show projects; write a tag as tag:<name>.',
  },
  'generator/no-project': {
    message: (p: { project: string; similar: readonly string[] }) =>
      `There is no project or folder '${p.project}'.${
        p.similar.length > 0 ? ` Similar names: ${p.similar.join(', ')}.` : ''
      }`,
    remedy: () => 'List the projects with npx nx show projects, or name a folder of the workspace.',
  },
  'generator/no-language': {
    message: (p: { project: string; root: string }) =>
      `'${p.project}' (${p.root}) has no TypeScript, JavaScript, Python, Go, Java or Rust sources that could be measured.`,
    remedy: () =>
      'Name the folder of the sources with --source, or measure a command: see commands in assay/bench.json.',
  },
  'generator/unknown-harness': {
    message: (p: { harness: string; language: string; known: readonly string[] }) =>
      `There is no generator of ${p.harness} benchmarks for ${p.language}.`,
    remedy: (p: { known: readonly string[] }) => `Choose one of: ${p.known.join(', ')}.`,
  },
  'generator/nothing-exported': {
    message: (p: { project: string; places: readonly string[] }) =>
      `'${p.project}' exports no function that a benchmark could call; looked in ${p.places.join(', ') || 'no file'}.`,
    remedy: () => 'Export one, or name the folder of the sources with --source.',
  },
  'generator/outside': {
    message: (p: { directory: string; root: string }) =>
      `The directory '${p.directory}' lies outside of the project (${p.root}).`,
    remedy: () => 'Name a folder inside the project, relative to the project root.',
  },
});
