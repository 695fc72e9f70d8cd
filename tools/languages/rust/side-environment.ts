import { join, sep } from 'node:path';
import type { Side } from '../../harnesses/harness.ts';
import type { LanguageContext } from '../language.ts';
import { cargoMetadata } from './cargo-metadata.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Name of the variable by which a side is told where to build. */
const TARGET = 'CARGO_TARGET_DIR';

/**
 * Environment in which a side's cargo builds its own code, in a target folder of its own: `nx-assay/<side>` in head's
 * target folder, where third-party crates stay compiled from run to run, and `cargo clean` finds them. Variables that
 * name a file or folder in the other tree become the side's own.
 *
 * @param env what is inherited
 */
export async function sideEnvironment(
  side: Side,
  other: Side,
  env: Env,
  context: LanguageContext,
): Promise<Env> {
  const head = side.name === 'head' ? side : other;
  const own: Record<string, string | undefined> = {};
  for (const name of [
    'RUSTFLAGS',
    'CARGO_ENCODED_RUSTFLAGS',
    'CARGO_BUILD_RUSTFLAGS',
    'RUSTC',
    'RUSTC_WRAPPER',
  ]) {
    const value = env[name];
    if (value === undefined || side.repoRoot === other.repoRoot) continue;
    const moved = value.replaceAll(other.repoRoot + sep, side.repoRoot + sep);
    if (moved !== value) own[name] = moved;
  }
  const found = await cargoMetadata(context.run, head.projectRoot, env, context.signal);
  // Where cargo cannot say, the harness will tell why nothing builds.
  const target = found.state === 'read' ? found.metadata.target_directory : join(head.projectRoot, 'target');
  return { ...own, [TARGET]: join(target, 'nx-assay', side.name) };
}
