import type { LanguageContext, Toolchain } from '../language.ts';
import { firstError, howItEnded } from './cargo-metadata.ts';

/** The oldest Rust that compiles our stand-in for criterion (`std::hint::black_box`). */
const oldest = [1, 66] as const;

const install = 'https://rustup.rs';

/** `cargo` and `rustc` as they are in this project: a `rust-toolchain.toml` may name others than the machine's. */
export async function findRust(projectRoot: string, context: LanguageContext): Promise<Toolchain> {
  const rustc = await version('rustc', projectRoot, context);
  if (rustc.state === 'missing') return rustc;
  if (isOlder(rustc.version)) {
    return {
      state: 'missing',
      what: `Rust ${oldest.join('.')} or newer (found: ${rustc.version})`,
      remedy: `Run \`rustup update\`, or install a newer Rust from ${install}; a rust-toolchain.toml in the project may name an old one.`,
    };
  }
  const cargo = await version('cargo', projectRoot, context);
  if (cargo.state === 'missing') return cargo;
  return {
    state: 'found',
    command: 'cargo',
    version: rustc.version,
    tools: { rustc: rustc.version, cargo: cargo.version },
  };
}

type Version =
  | { readonly state: 'found'; readonly version: string }
  | Extract<Toolchain, { state: 'missing' }>;

async function version(command: 'cargo' | 'rustc', cwd: string, context: LanguageContext): Promise<Version> {
  const result = await context.run({
    command,
    args: ['--version'],
    cwd,
    // A toolchain that rust-toolchain.toml names may have to be fetched first.
    timeoutMs: 300_000,
    ...(context.signal ? { signal: context.signal } : {}),
  });
  if (result.state === 'not-found') {
    return {
      state: 'missing',
      what: `Rust (there is no \`${command}\` on the PATH)`,
      remedy: `Install Rust from ${install} and put its bin folder (~/.cargo/bin) on the PATH.`,
    };
  }
  const found = /^(?:cargo|rustc) (\S+)/m.exec(result.stdout)?.[1];
  if (result.state === 'exited' && result.code === 0 && found !== undefined)
    return { state: 'found', version: found };
  const why = firstError(result.stderr) || howItEnded(result);
  return {
    state: 'missing',
    what: `Rust (\`${command} --version\`: ${why})`,
    remedy: `Run \`${command} --version\` in the project and mend what it says; \`rustup show\` tells which toolchain it asks for.`,
  };
}

/** `1.70.0-nightly` counts by its numbers; what has none counts as new. */
function isOlder(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined || minor === undefined) return false;
  return Number(major) < oldest[0] || (Number(major) === oldest[0] && Number(minor) < oldest[1]);
}
