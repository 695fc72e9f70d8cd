// Makes the shop runnable: npm packages, a Python environment, and a look for Go. Does nothing twice.
// A toolchain that is missing is named, with what is lost without it; the rest goes on. Exit code 0.
// The first argument may name the folder of nx-assay to link; the default is the repository around us.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const shop = dirname(fileURLToPath(import.meta.url));
const assay = resolve(process.argv[2] ?? join(shop, '..', '..'));
const windows = process.platform === 'win32';
const UV_VERSION = '0.13.9';

/** Runs a program in the shop; its output goes to the terminal only where asked for. */
function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: shop, encoding: 'utf8', shell: false, ...options });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
  return { ok: result.status === 0, output, missing: result.error?.code === 'ENOENT' };
}

const say = (part, text) => console.log(`shop ${part}: ${text}`);
const tail = (text) => text.split('\n').slice(-6).join('\n');

/** True where the files are what they were when `mark` was written last. */
function upToDate(mark, files) {
  return existsSync(mark) && readFileSync(mark, 'utf8') === digest(files);
}

function digest(files) {
  const hash = createHash('sha256').update(`${process.version}\0${process.platform}\0`);
  for (const file of files) hash.update(readFileSync(join(shop, file)));
  return hash.digest('hex');
}

function setUpNode() {
  const lockfiles = ['package.json', 'package-lock.json'];
  const mark = join(shop, 'node_modules', '.shop-set-up');
  if (!upToDate(mark, lockfiles)) {
    say('npm', 'installing packages …');
    // Not `npm ci`: it refuses a lockfile that lacks the binary packages of other platforms, which npm
    // leaves out where a registry does not have them all. `install --no-save` keeps to the lockfile too.
    const args = ['install', '--no-save', '--no-audit', '--no-fund'];
    const npm = run(windows ? 'npm.cmd' : 'npm', args, { shell: windows });
    if (!npm.ok) return say('npm', `failed; no benchmark of the shop can run.\n${tail(npm.output)}`);
    writeFileSync(mark, digest(lockfiles));
  }
  link();
  say('npm', 'ready');
}

/** `nx-assay` is linked and not a dependency: the lockfile need not follow the package around us. */
function link() {
  const at = join(shop, 'node_modules', 'nx-assay');
  const there = lstatSync(at, { throwIfNoEntry: false });
  if (there && !there.isSymbolicLink()) return;
  if (there) rmSync(at);
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(windows ? assay : relative(dirname(at), assay), at, windows ? 'junction' : 'dir');
}

function findPython() {
  for (const command of ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11']) {
    const found = run(command, ['-c', 'import sys; print(*sys.version_info[:2])']);
    const [major, minor] = found.output.split(' ').map(Number);
    if (found.ok && major === 3 && minor >= 11) return command;
  }
  return undefined;
}

function setUpPython() {
  const lost = 'pricing and shop-tariff are skipped.';
  const lockfiles = [
    'pyproject.toml',
    'uv.lock',
    'services/pricing/pyproject.toml',
    'libs/pytariff/pyproject.toml',
  ];
  const environment = join(shop, '.venv');
  const inside = (name) => join(environment, windows ? 'Scripts' : 'bin', windows ? `${name}.exe` : name);
  const mark = join(environment, '.shop-set-up');
  if (
    upToDate(mark, lockfiles) &&
    run(inside('python'), ['-c', 'import shop_pricing, pytest_benchmark']).ok
  ) {
    return say('python', 'ready');
  }
  const python = findPython();
  if (!python) return say('python', `no Python 3.11 or newer was found; ${lost}`);
  say('python', 'making the environment .venv …');
  let uv = 'uv';
  if (!run('uv', ['--version']).ok) {
    const made = run(python, ['-m', 'venv', '--clear', environment]);
    if (!made.ok)
      return say(
        'python',
        `python -m venv failed (Debian: install python3-venv); ${lost}\n${tail(made.output)}`,
      );
    const got = run(inside('python'), ['-m', 'pip', 'install', '--quiet', `uv==${UV_VERSION}`]);
    if (!got.ok) return say('python', `pip could not install uv; ${lost}\n${tail(got.output)}`);
    uv = inside('uv');
  }
  const env = { ...process.env, UV_PROJECT_ENVIRONMENT: environment, UV_PYTHON_DOWNLOADS: 'never' };
  delete env.VIRTUAL_ENV;
  const synced = run(uv, ['sync', '--frozen', '--inexact', '--all-packages', '--quiet'], { env });
  if (!synced.ok) return say('python', `uv sync failed; ${lost}\n${tail(synced.output)}`);
  writeFileSync(mark, digest(lockfiles));
  say('python', 'ready');
}

/** Both Go modules need nothing but the standard library and each other. */
function setUpGo() {
  const version = run('go', ['env', 'GOVERSION']);
  if (version.ok) return say('go', 'ready');
  say(
    'go',
    `${version.missing ? 'Go is not installed' : tail(version.output)}; inventory and gosku are skipped.`,
  );
}

setUpNode();
setUpPython();
setUpGo();
