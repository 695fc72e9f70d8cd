import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/**
 * `npm run check:package`: packs what `npm run build` made, lints the tarball, compiles a consumer of the
 * documented exports without the packages that we bundle, and prints what an installation costs.
 */
const limits = { packedBytes: 600_000, installedBytes: 15_000_000 };
const root = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'nx-assay-package-'));
const problems: string[] = [];
try {
  const tarball = pack();
  await lint(tarball);
  const consumer = install(tarball);
  compileConsumer(consumer);
  measure(tarball, consumer);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function pack(): string {
  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', scratch], root)) as [
    { filename: string },
  ];
  return join(scratch, packed.filename);
}

async function lint(tarball: string): Promise<void> {
  const file = readFileSync(tarball);
  const data = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: data }, strict: true });
  problems.push(
    ...messages.map((message) => `publint: ${formatMessage(message, pkg as Record<string, unknown>)}`),
  );
}

/** Installs the tarball without its peers, which every Nx workspace has. */
function install(tarball: string): string {
  const folder = join(scratch, 'consumer');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"name":"consumer","private":true,"type":"module"}');
  npm(['install', '--no-audit', '--no-fund', '--legacy-peer-deps', '--loglevel=error', tarball], folder);
  return folder;
}

function compileConsumer(folder: string): void {
  writeFileSync(
    join(folder, 'consumer.ts'),
    `import type { Report } from 'nx-assay/report';
import * as report from 'nx-assay/report';
export function verdicts(value: Report): string[] {
  const ratios: number[] = value.metrics.flatMap((metric) => metric.comparisons.map((one) => one.change?.ratio ?? 1));
  return [value.verdict, String(ratios.length), ...Object.keys(report)];
}
// @ts-expect-error: the types must be real, and not any
export const wrong: number = ({} as Report).summary;
`,
  );
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', ''];
  try {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [compiler, ...options, 'consumer.ts'], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    problems.push(
      `The declarations do not compile at a consumer's:\n${(error as { stdout?: string }).stdout ?? error}`,
    );
  }
}

function measure(tarball: string, folder: string): void {
  const packed = statSync(tarball).size;
  const modules = join(folder, 'node_modules');
  const installed = size(modules);
  const own = size(join(modules, 'nx-assay'));
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`;
  console.log(
    `packed ${kilobytes(packed)}, unpacked ${kilobytes(own)}, with dependencies ${kilobytes(installed)}`,
  );
  if (packed > limits.packedBytes) problems.push(`The tarball is over ${kilobytes(limits.packedBytes)}.`);
  if (installed > limits.installedBytes)
    problems.push(`An installation is over ${kilobytes(limits.installedBytes)}.`);
}

/** Bytes of all files below a folder; hard links (npm links a program twice) count once. */
function size(folder: string): number {
  const byInode = new Map<number, number>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const { ino, size: bytes } = statSync(join(entry.parentPath, entry.name));
    byInode.set(ino, bytes);
  }
  return [...byInode.values()].reduce((sum, bytes) => sum + bytes, 0);
}
