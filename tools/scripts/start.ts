import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readReport } from '../kernel/report/read.ts';
import { showReport } from '../task/show.ts';

/**
 * `npm start`: builds the package, sets the reference workspace up, benches its TypeScript, Python and Go projects and
 * shows their Reports. Further arguments go to `nx run-many` (`npm start -- --base=HEAD~1`).
 */
const root = join(import.meta.dirname, '../..');
const shop = join(root, 'e2e/shop');

step('Building nx-assay', process.execPath, ['tools/scripts/build.ts'], root);
step('Setting the reference workspace up', process.execPath, ['setup.mjs'], shop);
const nx = ['node_modules/nx/dist/bin/nx.js', 'node_modules/nx/bin/nx.js'].find((file) =>
  existsSync(join(shop, file)),
);
if (nx === undefined) {
  console.error('Nx is not installed in e2e/shop: its npm packages could not be installed (see above).');
  process.exit(1);
}
const status = run(
  'Benching its projects; some seconds a benchmark',
  process.execPath,
  [nx, 'run-many', '-t', 'bench', ...process.argv.slice(2)],
  shop,
);
const shown = await showReports();
process.exit(status === 0 && shown === 0 ? 1 : status);

function run(title: string, command: string, args: readonly string[], cwd: string): number {
  console.error(`\n— ${title} …`);
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
  const child = spawnSync(command, args, { cwd, stdio: 'inherit', env });
  if (child.error) console.error(`Could not start ${command}: ${child.error.message}`);
  return child.status ?? 1;
}

function step(title: string, command: string, args: readonly string[], cwd: string): void {
  const code = run(title, command, args, cwd);
  if (code !== 0) process.exit(code);
}

/** @returns number of Reports shown */
async function showReports(): Promise<number> {
  const results = join(shop, '.assay/bench');
  const folders = existsSync(results) ? readdirSync(results).sort() : [];
  let count = 0;
  for (const folder of folders) {
    const file = join(results, folder, 'report.json');
    if (!existsSync(file)) continue;
    showReport(await readReport(file), `e2e/shop/.assay/bench/${folder}`, { json: false });
    count += 1;
  }
  return count;
}
