import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm test` and `npm run e2e`: static checks (unit suite only), then Vitest; ends with a line `N passed, M failed`.
 * Arguments after the suite go to Vitest.
 */
const root = join(import.meta.dirname, '../..');
const [suite = 'unit', ...args] = process.argv.slice(2);
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

const counts = { passed: 0, failed: 0, skipped: 0 };
if (suite === 'unit' && args.length === 0) {
  check('types', bin('tsc'), ['-p', 'tsconfig.json']);
  check('lint, format and import boundaries', bin('biome'), ['check', '--error-on-warnings', '.']);
  check('generated files', process.execPath, ['tools/scripts/gen.ts', '--check']);
}
runVitest(suite === 'e2e' ? ['--config', 'e2e/vitest.config.ts', ...args] : args);
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed > 0 ? 1 : 0;

function check(what: string, command: string, parameters: readonly string[]): void {
  const { status } = spawnSync(command, parameters, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  counts[status === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${status === 0 ? '✓' : '✗'} ${what}`);
}

function runVitest(parameters: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'nx-assay-test-'));
  const file = join(folder, 'results.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const { status } = spawnSync(bin('vitest'), ['run', ...reporters, ...parameters], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const results = readResults(file);
    counts.passed += results.numPassedTests;
    counts.failed += results.numFailedTests;
    counts.skipped += results.numPendingTests + results.numTodoTests;
    // A file that does not load, or an error outside of any test, has no test to count.
    if (status !== 0 && results.numFailedTests === 0) counts.failed += 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

function readResults(file: string): Results {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results;
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}
