import type { DriveOutcome, DriveRequest, DriveResult, Harness } from '../harness.ts';
import { chooseMeter } from './choose-meter.ts';
import { type CommandSetting, commandSettings } from './command-settings.ts';
import { CommandRuns } from './run-chunks.ts';
import { Steps } from './steps.ts';

/** The commands stand in the project's own configuration. */
const file = 'assay/bench.json';

/**
 * Whole processes: wall time, CPU time and peak memory of the `commands` of `assay/bench.json`. A command is
 * started in the side's own project root, and `{projectRoot}` and `{workspaceRoot}` in it stand for the
 * side's own folders. Whether it runs code of the other tree all the same cannot be told from outside.
 */
const command: Harness = {
  id: 'command',
  title: 'Commands (wall, CPU, peak memory)',
  language: 'any',
  isolation: 'benchmark',
  discover: (_, options) => Promise.resolve(commandSettings(options.settings).length > 0 ? [file] : []),
  // They are read from head's configuration for both sides: there is nothing to copy.
  overlay: () => Promise.resolve([]),
  prepare: async (side, files, options, context) => {
    const commands = commandSettings(options.settings);
    const meter = await chooseMeter(context.run, side.projectRoot, context.env);
    const steps = new Steps(side, context);
    return {
      files: files.map((name) => ({ state: 'ready', file: name, sources: [] })),
      drive: (request) => drive(request, commands, new CommandRuns(side, meter, steps, context)),
      dispose: () => steps.cleanUp(options.processTimeoutMs),
    };
  },
};

export default command;

async function drive(
  request: DriveRequest,
  commands: readonly CommandSetting[],
  runs: CommandRuns,
): Promise<DriveResult> {
  const byName = new Map<string, CommandSetting>();
  const duplicates = new Set<string>();
  for (const setting of commands) {
    if (byName.has(setting.name)) duplicates.add(setting.name);
    else byName.set(setting.name, setting);
  }
  const asked = request.benchmarks.length > 0 ? request.benchmarks : [...byName.keys()];
  const outcomes: DriveOutcome[] = [];
  for (const name of asked) {
    const setting = byName.get(name);
    if (setting === undefined)
      outcomes.push({ state: 'failed', name, reason: `${file} has no command of this name` });
    else if (request.mode === 'list') outcomes.push({ state: 'listed', name });
    else if (request.mode === 'calibrate') outcomes.push(await runs.calibrate(setting, request));
    else outcomes.push(await runs.sample(setting, request));
  }
  return { outcomes, duplicates: [...duplicates], loaded: [], process: runs.end };
}
