import type { RunProcess } from '../../kernel/process/types.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What the go command says about itself in a folder. Paths are as it spells them; empty where unset. */
export interface GoEnvironment {
  readonly GOROOT: string;
  readonly GOVERSION: string;
  readonly GOMODCACHE: string;
  readonly GOMOD: string;
  readonly GOWORK: string;
  readonly GOFLAGS: string;
}

export type GoEnvironmentResult =
  | { readonly state: 'found'; readonly go: GoEnvironment }
  | { readonly state: 'missing'; readonly reason: string; readonly output: string };

const variables = ['GOROOT', 'GOVERSION', 'GOMODCACHE', 'GOMOD', 'GOWORK', 'GOFLAGS'] as const;

/** Asks `go env`. It may have to fetch a toolchain that `go.mod` names, so it has a time-out. */
export async function goEnvironment(
  run: RunProcess,
  cwd: string,
  env: Env,
  signal?: AbortSignal,
): Promise<GoEnvironmentResult> {
  const result = await run({
    command: 'go',
    args: ['env', '-json', ...variables],
    cwd,
    env,
    timeoutMs: 120_000,
    ...(signal ? { signal } : {}),
  });
  if (result.state === 'not-found')
    return { state: 'missing', reason: 'there is no `go` on the PATH', output: '' };
  const output = result.stderr.trim();
  if (result.state !== 'exited' || result.code !== 0) {
    const why = result.state === 'timed-out' ? 'did not answer within two minutes' : 'failed';
    return { state: 'missing', reason: `\`go env\` ${why}: ${output.split('\n')[0] ?? ''}`, output };
  }
  const go = JSON.parse(result.stdout) as GoEnvironment;
  return { state: 'found', go };
}
