// Makes `npm start` and `npm test` work on a fresh clone: installs what package-lock.json names when that has
// not been done, then runs the given program with the Node that the repository pins. Plain JavaScript
// without dependencies, because it runs before there are any, on whatever Node the machine has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.installed-from');

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
if (installed !== wanted) {
  console.error('Installing the dependencies of this repository …');
  // Not `npm ci`: it refuses a lockfile without the binary packages of other platforms, which npm leaves out where
  // the registry that the lockfile was made with lacks them. `--no-save` keeps the lockfile as it is.
  run(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
    process.env,
  );
  writeFileSync(stamp, wanted);
}

const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const [program, ...args] = process.argv.slice(2);
if (program) {
  const path = `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`;
  run(existsSync(node) ? node : process.execPath, [program, ...args], { ...process.env, PATH: path });
}

function run(command, args, env) {
  const child = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env,
    shell: process.platform === 'win32',
  });
  if (child.error) {
    console.error(`Could not start ${command}: ${child.error.message}`);
    process.exit(1);
  }
  if (child.signal) process.exit(128 + (constants.signals[child.signal] ?? 0));
  if (child.status !== 0) process.exit(child.status ?? 1);
}
