import type { ProcessResult } from '../../kernel/process/types.ts';
import type { HarnessContext, Side } from '../harness.ts';
import { type CommandSetting, fillIn, type Step } from './command-settings.ts';
import { workingFolder } from './working-folder.ts';

/** Why a step kept a command from being measured; nothing where it went well. */
type Failure = string | undefined;

/** Runs what belongs to a command and is not timed. Setup and clean-up happen once a side. */
export class Steps {
  readonly #side: Side;
  readonly #context: HarnessContext;
  readonly #setUp = new Map<string, { readonly setting: CommandSetting; readonly failure: Failure }>();

  constructor(side: Side, context: HarnessContext) {
    this.#side = side;
    this.#context = context;
  }

  /** The command's `setup`, before its first run on this side; later calls give what came of it. */
  async setUp(setting: CommandSetting, timeoutMs: number): Promise<Failure> {
    const known = this.#setUp.get(setting.name);
    if (known !== undefined) return known.failure;
    const failure = await this.run('setup', setting, timeoutMs);
    this.#setUp.set(setting.name, { setting, failure });
    return failure;
  }

  /** The `cleanup` of every command that was set up; what goes wrong in one harms no measurement any more. */
  async cleanUp(timeoutMs: number): Promise<void> {
    for (const { setting } of this.#setUp.values()) await this.run('cleanup', setting, timeoutMs);
    this.#setUp.clear();
  }

  async run(step: Step, setting: CommandSetting, timeoutMs: number): Promise<Failure> {
    const argv = setting.steps[step];
    if (argv === undefined) return undefined;
    const folder = workingFolder(setting, this.#side);
    if (folder.state === 'outside') return folder.reason;
    const [command, ...args] = argv.map((part) => fillIn(part, this.#side)) as [string, ...string[]];
    const result = await this.#context.run({
      command,
      args,
      cwd: folder.path,
      env: { ...this.#context.env, ...setting.env },
      timeoutMs: Math.max(1, timeoutMs),
      ...(this.#context.signal ? { signal: this.#context.signal } : {}),
    });
    return failureOf(step, result);
  }
}

function failureOf(step: Step, result: ProcessResult): Failure {
  const failed = (why: string): string => `its ${step} step ${why}`;
  switch (result.state) {
    case 'not-found':
      return failed(`could not be started: ${result.reason}`);
    case 'timed-out':
      return failed(`was stopped after ${Math.round(result.durationMs / 1000)} s without finishing`);
    case 'signalled':
      return failed(`was ended by ${result.signal}`);
    case 'exited': {
      if (result.code === 0) return undefined;
      const said = `${result.stdout}\n${result.stderr}`.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
      return failed(`ended with exit code ${result.code}${said === '' ? '' : `: ${said}`}`);
    }
  }
}
