import { posix } from 'node:path';
import type { Tree } from '@nx/devkit';
import type { BenchProject } from './scaffold.ts';

/** Writes `assay/bench.json` with its schema, where the project has none. */
export function writeConfig(tree: Tree, { root }: BenchProject, harness: string | undefined): void {
  const path = posix.join(root, 'assay/bench.json');
  if (tree.exists(path)) return;
  const schema = posix.join(
    posix.relative(posix.dirname(path), '.'),
    'node_modules/nx-assay/schemas/bench.schema.json',
  );
  const config = { $schema: schema, ...(harness === undefined ? {} : { harness }), margin: 0.05 };
  tree.write(path, `${JSON.stringify(config, null, 2)}\n`);
}
