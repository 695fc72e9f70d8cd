import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { must } from '../harness/run.ts';
import { changeOf, findingIds, verdictOf } from '../harness/verdict.ts';
import {
  commit,
  createWorkspace,
  edit,
  git,
  nx,
  read,
  remove,
  report,
  type Workspace,
  write,
} from '../harness/workspace.ts';

const host = inject('host');
const lacking = ['java', 'javac', 'mvn'].filter((program) => {
  try {
    execFileSync(program, [program === 'mvn' ? '-v' : '-version'], { stdio: 'ignore' });
    return false;
  } catch {
    return true;
  }
});
if (lacking.length > 0) console.warn(`skipped: Java needs ${lacking.join(', ')} on the PATH`);

let ws: Workspace;
beforeAll(async () => {
  ws = await createWorkspace(host);
  cpSync(join(import.meta.dirname, '../fixtures/modules/java'), join(ws.root, 'java'), { recursive: true });
  write(ws, '.gitignore', `${read(ws, '.gitignore')}target\n`);
  const config = JSON.parse(read(ws, 'nx.json')) as { plugins: { plugin: string; options: object }[] };
  for (const entry of config.plugins) {
    if (entry.plugin === 'nx-assay') entry.options = { ...entry.options, projects: ['java/*'] };
  }
  write(ws, 'nx.json', config);
  await commit(ws, 'Add modules');
});

// Maven's first run fetches its plugins.
const timeoutMs = 600_000;
const compare = (...more: string[]) =>
  nx(ws, ['run', 'price:bench', '--base=HEAD~1', '--budget=60s', ...more], { timeoutMs });

describe.skipIf(lacking.length > 0)('Java, Maven modules', () => {
  it('knows the modules and what they need', async () => {
    const shown = await nx(ws, ['show', 'projects', '--json']);
    expect(JSON.parse(shown.stdout)).toEqual(expect.arrayContaining(['core', 'price']));
    const affected = ['show', 'projects', '--affected', '--json', '--files=java/core/pom.xml'];
    expect(JSON.parse((await nx(ws, affected)).stdout)).toEqual(expect.arrayContaining(['core', 'price']));
  });

  it('names the benchmark that a shared module made slower, and no other', async () => {
    edit(ws, 'java/core/src/main/resources/core.txt', '8000', '16000');
    await commit(ws, 'Twice the work');
    for (let attempt = 1; ; attempt++) {
      const result = await compare('--filter=shared|still');
      const made = report(ws, 'price', result);
      expect(['regressed', 'inconclusive'], result.output).toContain(verdictOf(made, 'shared'));
      expect(['unchanged', 'inconclusive'], result.output).toContain(verdictOf(made, 'still'));
      if (verdictOf(made, 'shared') !== 'regressed' && attempt < 5) continue;
      expect(verdictOf(made, 'shared'), result.output).toBe('regressed');
      expect(result.code).toBe(1);
      const change = changeOf(made, 'shared')!;
      expect(change.low).toBeGreaterThan(1.05);
      expect(change.high).toBeGreaterThan(1.9);
      expect(made.environment.runtimes.java).toMatch(/^\d+/);
      break;
    }
    expect(await git(ws, 'status', '--porcelain', '--ignored', 'java')).toBe('');
  });

  it('compares with a base whose poms have no JMH yet', async () => {
    const pom = read(ws, 'java/price/pom.xml');
    const benchmarks = read(ws, 'java/price/src/test/java/com/acme/PriceBenchmark.java');
    const jmh = /\s*<dependency>\s*<groupId>org\.openjdk\.jmh<\/groupId>[\s\S]*?<\/dependency>/g;
    write(ws, 'java/price/pom.xml', pom.replace(jmh, ''));
    remove(ws, 'java/price/src/test');
    await commit(ws, 'Without benchmarks');
    write(ws, 'java/price/pom.xml', pom);
    write(ws, 'java/price/src/test/java/com/acme/PriceBenchmark.java', benchmarks);
    await commit(ws, 'The first benchmarks');
    const result = await compare('--filter=still');
    expect(['unchanged', 'inconclusive'], result.output).toContain(
      verdictOf(report(ws, 'price', result), 'still'),
    );
  });

  it('says where it does not compile, in the compiler’s words', async () => {
    edit(ws, 'java/price/src/main/java/com/acme/Price.java', 'rounds(text, 8000)', 'noRounds(text, 8000)');
    const result = await nx(ws, ['run', 'price:bench'], { timeoutMs });
    const made = report(ws, 'price', result);
    expect(result.code).toBe(1);
    expect(made.findings[0]?.message).toMatch(/Price\.java.*cannot find symbol/);
    expect(existsSync(join(ws.root, 'java/price/target'))).toBe(false);
  });
});

describe('a missing Java', () => {
  it('is skipped by name and is no pass', async () => {
    const folder = join(ws.root, '../programs');
    mkdirSync(folder);
    symlinkSync(process.execPath, join(folder, 'node'));
    for (const program of ['git', 'sh', 'env', 'uname']) {
      const found = await must('sh', ['-c', `command -v ${program}`], { cwd: ws.root, env: ws.env });
      symlinkSync(found.stdout.trim(), join(folder, program));
    }
    const env = { PATH: folder, JAVA_HOME: '' };
    const result = await nx(ws, ['run', 'price:bench'], { env });
    const made = report(ws, 'price', result);
    expect(made.verdict, result.output).toBe('skipped');
    expect(findingIds(made)).toEqual(['bench/toolchain-missing']);
    expect(made.findings[0]?.message).toMatch(/Java/);
    expect(made.findings[0]?.remedy).toMatch(/JDK/);
  });
});
