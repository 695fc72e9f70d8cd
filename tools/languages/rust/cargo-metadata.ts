import type { ProcessResult, RunProcess } from '../../kernel/process/types.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A target of a package: a library, a binary, a benchmark. Paths are absolute. */
export interface CargoTarget {
  readonly name: string;
  readonly kind: readonly string[];
  readonly src_path: string;
  readonly 'required-features'?: readonly string[];
}

export interface CargoDependency {
  readonly name: string;
  /** `dev`, `build`, or null for an ordinary one. */
  readonly kind: string | null;
  /** What the package calls it, where that is another name. */
  readonly rename: string | null;
  readonly req: string;
  /** Absolute folder of a path dependency. */
  readonly path?: string | null;
}

export interface CargoPackage {
  readonly name: string;
  readonly manifest_path: string;
  readonly targets: readonly CargoTarget[];
  readonly dependencies: readonly CargoDependency[];
}

/** What `cargo metadata --no-deps` tells: the packages of the workspace alone. */
export interface CargoMetadata {
  readonly packages: readonly CargoPackage[];
  readonly workspace_root: string;
  readonly target_directory: string;
}

export type CargoMetadataResult =
  | { readonly state: 'read'; readonly metadata: CargoMetadata }
  | { readonly state: 'failed'; readonly reason: string; readonly output: string };

/** Reads a Cargo workspace's shape; resolves nothing, so that no lockfile is written and no network used. */
export async function cargoMetadata(
  run: RunProcess,
  folder: string,
  env: Env,
  signal?: AbortSignal,
): Promise<CargoMetadataResult> {
  const result = await run({
    command: 'cargo',
    args: ['metadata', '--no-deps', '--format-version', '1'],
    cwd: folder,
    env,
    timeoutMs: 120_000,
    maxOutputBytes: 64 * 1024 * 1024,
    ...(signal ? { signal } : {}),
  });
  if (result.state === 'exited' && result.code === 0) {
    try {
      return { state: 'read', metadata: JSON.parse(result.stdout) as CargoMetadata };
    } catch {
      return {
        state: 'failed',
        reason: '`cargo metadata` wrote no JSON',
        output: result.stdout.slice(0, 2000),
      };
    }
  }
  const output = 'stderr' in result ? result.stderr.trim() : '';
  return {
    state: 'failed',
    reason: `\`cargo metadata\` ${howItEnded(result)}: ${firstError(output)}`,
    output,
  };
}

/** How a process ended that did not succeed, in words. */
export function howItEnded(result: ProcessResult): string {
  switch (result.state) {
    case 'exited':
      return `ended with exit code ${result.code}`;
    case 'signalled':
      return `was ended by ${result.signal}`;
    case 'timed-out':
      return `took more than ${Math.round(result.durationMs / 1000)} s`;
    case 'not-found':
      return `could not be started (${result.reason})`;
  }
}

/** Cargo's own first error, or its last line. */
export function firstError(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const error = lines.findIndex((line) => /^error(\[|:)/.test(line));
  const shown = error < 0 ? lines.slice(-1) : lines.slice(error, error + 3);
  return shown
    .map((line) => line.trim())
    .join('; ')
    .slice(0, 500);
}
