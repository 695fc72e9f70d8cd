import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `npm start`: builds the package, sets the reference workspace up and benches its TypeScript, Python and
 * Go projects. Further arguments go to `nx run-many` (`npm start -- --base=HEAD~1`).
 */
const root = join(import.meta.dirname, '../..');
const shop = join(root, 'e2e/shop');

step('Building nx-assay', process.execPath, ['tools/scripts/build.ts'], root);
step('Setting the reference workspace up', process.execPath, ['setup.mjs'], shop);
const nx = join(shop, 'node_modules/nx/bin/nx.js');
const entry = existsSync(nx) ? nx : join(shop, 'node_modules/nx/dist/bin/nx.js');
step(
  'Running bench over it',
  process.execPath,
  [entry, 'run-many', '-t', 'bench', ...process.argv.slice(2)],
  shop,
);

function step(title: string, command: string, args: readonly string[], cwd: string): void {
  console.error(`\n— ${title} …`);
  const child = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
  });
  if (child.error) {
    console.error(`Could not start ${command}: ${child.error.message}`);
    process.exit(1);
  }
  if (child.status !== 0) process.exit(child.status ?? 1);
}
