import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
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
const hasCargo = (() => {
  try {
    execFileSync('cargo', ['--version']);
    return true;
  } catch {
    return false;
  }
})();
if (!hasCargo) console.warn('skipped: Rust needs `cargo` on the PATH');

let ws: Workspace;
beforeAll(async () => {
  ws = await createWorkspace(host);
  cpSync(join(import.meta.dirname, '../fixtures/crates'), join(ws.root, 'crates'), { recursive: true });
  write(ws, '.gitignore', `${read(ws, '.gitignore')}target\n`);
  const config = JSON.parse(read(ws, 'nx.json')) as { plugins: { plugin: string; options: object }[] };
  for (const entry of config.plugins) {
    if (entry.plugin === 'nx-assay') entry.options = { ...entry.options, projects: ['crates/*'] };
  }
  write(ws, 'nx.json', config);
  await commit(ws, 'Add crates');
});

const compare = (...more: string[]) =>
  nx(ws, ['run', 'rate:bench', '--base=HEAD~1', '--budget=40s', ...more]);

describe.skipIf(!hasCargo)('Rust, a Cargo workspace', () => {
  it('knows the crates and what they need', async () => {
    const shown = await nx(ws, ['show', 'projects', '--json']);
    expect(JSON.parse(shown.stdout)).toEqual(expect.arrayContaining(['crates-core', 'rate']));
    const affected = ['show', 'projects', '--affected', '--json', '--files=crates/core/work.txt'];
    expect(JSON.parse((await nx(ws, affected)).stdout)).toEqual(
      expect.arrayContaining(['crates-core', 'rate']),
    );
  });

  it('names the benchmark that a shared crate made slower, and no other', async () => {
    edit(ws, 'crates/core/work.txt', '8000', '16000');
    await commit(ws, 'Twice the work');
    for (let attempt = 1; ; attempt++) {
      const result = await compare('--filter=shared|still');
      const made = report(ws, 'rate', result);
      expect(['regressed', 'inconclusive'], result.output).toContain(verdictOf(made, 'shared'));
      expect(['unchanged', 'inconclusive'], result.output).toContain(verdictOf(made, 'still'));
      if (verdictOf(made, 'shared') !== 'regressed' && attempt < 5) continue;
      expect(verdictOf(made, 'shared'), result.output).toBe('regressed');
      expect(result.code).toBe(1);
      const change = changeOf(made, 'shared')!;
      expect(change.low).toBeGreaterThan(1.05);
      expect(change.high).toBeGreaterThan(1.9);
      expect(made.environment.runtimes.rust).toMatch(/^\d+\.\d+/);
      break;
    }
    expect(await git(ws, 'status', '--porcelain')).toBe('');
  });

  it('compares with a base that has no benchmarks yet', async () => {
    const manifest = read(ws, 'crates/rate/Cargo.toml');
    const benchmarks = read(ws, 'crates/rate/benches/rate.rs');
    write(ws, 'crates/rate/Cargo.toml', manifest.replace(/\[dev-dependencies\][\s\S]*/, ''));
    remove(ws, 'crates/rate/benches');
    await commit(ws, 'Without benchmarks');
    write(ws, 'crates/rate/Cargo.toml', manifest);
    write(ws, 'crates/rate/benches/rate.rs', benchmarks);
    await commit(ws, 'The first benchmarks');
    const result = await compare('--filter=still');
    expect(['unchanged', 'inconclusive'], result.output).toContain(
      verdictOf(report(ws, 'rate', result), 'still'),
    );
  });

  it('says where it does not compile, in rustc’s words', async () => {
    edit(ws, 'crates/rate/src/lib.rs', 'rounds(text, 8000)', 'no_rounds(text, 8000)');
    const result = await nx(ws, ['run', 'rate:bench']);
    const made = report(ws, 'rate', result);
    expect(result.code).toBe(1);
    expect(made.findings[0]?.message).toMatch(/no_rounds/);
  });
});

describe('a missing Rust', () => {
  it('is skipped by name and is no pass', async () => {
    const folder = join(ws.root, '../programs');
    mkdirSync(folder);
    symlinkSync(process.execPath, join(folder, 'node'));
    for (const program of ['git', 'sh', 'env', 'uname']) {
      const found = await must('sh', ['-c', `command -v ${program}`], { cwd: ws.root, env: ws.env });
      symlinkSync(found.stdout.trim(), join(folder, program));
    }
    const result = await nx(ws, ['run', 'rate:bench'], { env: { PATH: folder } });
    const made = report(ws, 'rate', result);
    expect(made.verdict, result.output).toBe('skipped');
    expect(findingIds(made)).toEqual(['bench/toolchain-missing']);
    expect(made.findings[0]?.message).toMatch(/Rust/);
    expect(made.findings[0]?.remedy).toMatch(/rustup\.rs/);
  });
});
