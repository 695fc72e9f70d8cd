/**
 * `npm run e2e:proof`: what the verdicts are worth. Default settings, the packed package in a foreign
 * workspace, all three languages at once by `nx run-many -t bench --base=HEAD~1`:
 * so many runs with +10 % injected into one function, so many of the same code on both sides, and the same
 * beside a process that keeps the machine busy. Prints a table of verdicts and how often the interval
 * held the truth. Takes hours: `--runs=1` for a glimpse, `--only=slower,same,slower+busy,same+busy`;
 * `--keep=<folder>` keeps the Reports and samples of every run.
 */
import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startHost } from '../harness/host.ts';
import { changeOf, verdictOf } from '../harness/verdict.ts';
import { commit, createWorkspace, edit, nx, remove, report, type Workspace } from '../harness/workspace.ts';
import { emptyTally, type Tally, tableOf } from './tally.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    only: { type: 'string', default: 'slower,same,slower+busy,same+busy' },
    projects: { type: 'string', default: 'web,poly-price,stock' },
    budget: { type: 'string' },
    keep: { type: 'string' },
  },
});
const FACTOR = 1.1;
const data: Readonly<Record<string, readonly [file: string, rounds: number]>> = {
  web: ['packages/web/src/work.json', 8000],
  'poly-price': ['python/price/src/poly_price/work.json', 1000],
  stock: ['go/stock/work.txt', 8000],
};
const benchmarks = ['own', 'shared', 'still'] as const;

const { host, stop } = await startHost();
let healthy = true;
try {
  const missing = [
    ...(host.tools.python === undefined ? ['poly-price'] : []),
    ...(host.tools.go ? [] : ['stock']),
  ];
  const projects = values.projects.split(',').filter((project) => !missing.includes(project));
  if (missing.length > 0) console.log(`No toolchain for ${missing.join(', ')}: left out.`);
  const ws = await createWorkspace(host, { python: host.tools.python !== undefined });
  for (const project of projects) {
    const [file, rounds] = data[project]!;
    edit(ws, file, String(rounds), String(rounds * FACTOR));
  }
  await commit(ws, '+10 % in one function of each language');
  for (const scenario of values.only.split(',')) {
    const tallies = await play(ws, scenario, projects);
    console.log(tableOf(scenario, tallies));
    healthy &&= tallies.every(({ wrong }) => wrong === 0);
  }
} finally {
  await stop();
}
process.exitCode = healthy ? 0 : 1;

/** One scenario: `slower` or `same`, with `+busy` beside a busy process. */
async function play(ws: Workspace, scenario: string, projects: readonly string[]): Promise<Tally[]> {
  const slower = scenario.startsWith('slower');
  const tallies = projects.flatMap((project) => benchmarks.map((name) => emptyTally(project, name)));
  const busy = scenario.endsWith('+busy') ? keepBusy() : undefined;
  try {
    for (let run = 1; run <= Number(values.runs); run++) {
      // Nothing of the run before: no cached result, and no samples to pool with.
      remove(ws, '.assay');
      const args = ['run-many', '-t', 'bench', '-p', ...projects, '--skip-nx-cache'];
      const budget = values.budget === undefined ? [] : [`--budget=${values.budget}`];
      const result = await nx(ws, [...args, ...budget, slower ? '--base=HEAD~1' : '--aa'], {
        timeoutMs: 3_600_000,
      });
      console.log(`${scenario} ${run}: exit code ${result.code}, ${Math.round(result.wallMs / 1000)} s`);
      if (values.keep !== undefined) {
        cpSync(join(ws.root, '.assay/bench'), join(values.keep, `${scenario}-${run}`), { recursive: true });
      }
      for (const tally of tallies) {
        const made = report(ws, tally.project);
        const truth = slower && tally.benchmark === 'own' ? FACTOR : 1;
        tally.add(verdictOf(made, tally.benchmark), changeOf(made, tally.benchmark), truth);
      }
    }
  } finally {
    busy?.kill('SIGKILL');
  }
  return tallies;
}

/** Another tenant: computes and rests in turns, so that the speed of the machine toggles. */
function keepBusy() {
  const code = `for (;;) {
    const end = Date.now() + 200 + Math.random() * 800;
    while (Date.now() < end);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200 + Math.random() * 800);
    try { process.kill(${process.pid}, 0); } catch { process.exit(); }
  }`;
  return spawn(process.execPath, ['-e', code], { stdio: 'ignore' });
}
