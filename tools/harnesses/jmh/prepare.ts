import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { buildModules, type ModuleBuild } from '../../languages/java/build-modules.ts';
import { javaProgram } from '../../languages/java/java-home.ts';
import type { DriveResult, HarnessContext, Prepared, PreparedFile, Side } from '../harness.ts';
import { compileDriver } from './compile-driver.ts';
import { drive, nameIn, type Target } from './drive.ts';
import { benchmarkLines, topLevelTypes } from './java-source.ts';
import { type Launch, readLaunches } from './launches.ts';
import { benchmarkSources } from './test-sources.ts';

type Built = Extract<ModuleBuild, { state: 'built' }>;

/** Builds the module of one side and readies its benchmark files to be driven. */
export async function prepareSide(
  side: Side,
  files: readonly string[],
  context: HarnessContext,
): Promise<Prepared> {
  const scratch = join(context.scratch, 'jmh');
  await mkdir(scratch, { recursive: true });
  const targets = new Map<string, Target>();
  const prepared = await buildAll(side, files, scratch, context, targets);
  return {
    files: prepared,
    drive: async (request) => {
      const target = targets.get(request.file);
      return target ? await drive(request, target, context) : notBuilt(request.file);
    },
    dispose: () => rm(scratch, { recursive: true, force: true }),
  };
}

async function buildAll(
  side: Side,
  files: readonly string[],
  scratch: string,
  context: HarnessContext,
  targets: Map<string, Target>,
): Promise<readonly PreparedFile[]> {
  const outcomes = new Map<string, PreparedFile>();
  const build = await buildCompiling(side, files, scratch, context, outcomes);
  const left = (): readonly string[] => files.filter((file) => !outcomes.has(file));
  const fail = (reason: string, output: string): readonly PreparedFile[] => {
    for (const file of left()) outcomes.set(file, { state: 'failed', file, reason, output });
    return files.map((file) => outcomes.get(file)!);
  };
  if (build.state === 'failed') return fail(build.reason, build.output);
  if (build.strays.length > 0) {
    return fail(
      `it would run code installed earlier instead of this tree's own: ${build.strays.join(', ')}`,
      '',
    );
  }
  const driver = await compileDriver(build.classPath, scratch, context);
  if (driver.state === 'failed') return fail(driver.reason, driver.output);
  const classPath = [...build.classPath, driver.folder];
  const known = await readLaunches(classPath, build.folder, scratch, context);
  if (known.state === 'failed') return fail(known.reason, known.output);
  for (const file of left()) {
    const target = await targetOf(side, file, classPath, build, known.launches, context);
    if (target.launches.size === 0) {
      const reason =
        'JMH has made nothing of it: is it compiled with the module, and jmh-generator-annprocess at work there?';
      outcomes.set(file, { state: 'failed', file, reason, output: '' });
      continue;
    }
    targets.set(file, target);
    outcomes.set(file, { state: 'ready', file, sources: [...build.classPath, ...build.modules] });
  }
  return files.map((file) => outcomes.get(file)!);
}

/**
 * Builds; where benchmark sources do not compile, again without them. Head's sources may ask the base for what it
 * does not have yet: that is one file's outcome and not the others'.
 */
async function buildCompiling(
  side: Side,
  files: readonly string[],
  scratch: string,
  context: HarnessContext,
  outcomes: Map<string, PreparedFile>,
): Promise<ModuleBuild> {
  const without = new Set<string>();
  for (;;) {
    let prefix = '';
    const build = await buildModules(
      side,
      async (module) => {
        prefix = relative(module, side.projectRoot).split(sep).join('/');
        const inModule = files
          .map((file) => (prefix === '' ? file : `${prefix}/${file}`))
          .filter((file) => !without.has(file));
        return { tests: new Set(await benchmarkSources(module, inModule)), without };
      },
      { ...context, scratch },
    );
    if (build.state === 'built') return build;
    const own = (file: string): string => (prefix === '' ? file : file.slice(prefix.length + 1));
    const broken = build.broken.filter((file) => files.includes(own(file)) && !without.has(file));
    if (broken.length === 0 || files.every((file) => outcomes.has(file))) return build;
    for (const file of broken) {
      without.add(file);
      const reason = `it does not compile: ${errorsIn(build.output, file)}`;
      outcomes.set(own(file), { state: 'failed', file: own(file), reason, output: build.output });
    }
    if (files.every((file) => outcomes.has(file))) return build;
  }
}

/** What javac said about one file, without the path. */
function errorsIn(output: string, file: string): string {
  const lines = output.split('\n').filter((line) => line.startsWith('[ERROR]') && line.includes(`${file}:`));
  const said = lines.map((line) => line.slice(line.indexOf(`${file}:`) + file.length + 1).trim());
  return [...new Set(said)].slice(0, 3).join('; ').slice(0, 500);
}

async function targetOf(
  side: Side,
  file: string,
  classPath: readonly string[],
  build: Built,
  all: readonly Launch[],
  context: HarnessContext,
): Promise<Target> {
  const text = await readFile(join(side.projectRoot, file), 'utf8');
  const stem = basename(file, '.java');
  const types = topLevelTypes(text);
  const classes = [...types]
    .sort((a, b) => Number(b.simpleName === stem) - Number(a.simpleName === stem))
    .map(({ name }) => name);
  const launches = new Map<string, Launch>();
  for (const launch of all) {
    const name = nameIn(classes, launch);
    if (name !== undefined) launches.set(name, launch);
  }
  const java = javaProgram('java', { ...process.env, ...context.env });
  return { classes, lines: benchmarkLines(text), launches, classPath, folder: build.folder, java };
}

function notBuilt(file: string): DriveResult {
  const process = { state: 'not-found', detail: `${file} was not built`, output: '', wallMs: 0 } as const;
  return { outcomes: [], duplicates: [], loaded: [], process };
}
