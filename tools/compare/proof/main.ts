/**
 * `npm run bench:proof`: what the verdicts are worth on this machine. Compares programs whose truth is known, in
 * TypeScript, Python and Go, live and by the very code that `bench` measures and judges with; asks other tools about
 * the same samples; prints a table. Every comparison is kept in `.assay/proof/live.jsonl`, so that a proof that was
 * stopped goes on where it ended: a thousand comparisons take about two hours.
 *
 * `--runs=<n>` comparisons of each language with no change (default 334) and `--changes=<n>` of each with each change
 * (default 40); `--minutes=<n>` ends it earlier; `--fresh` forgets earlier runs; `--table` only prints what is there.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import goTesting from '../../harnesses/go-testing/index.ts';
import type { Harness } from '../../harnesses/harness.ts';
import pytest from '../../harnesses/pytest-benchmark/index.ts';
import vitest from '../../harnesses/vitest/index.ts';
import { createTempFolder } from '../../kernel/files/temp-folder.ts';
import { withMeasuringLock } from '../../kernel/process/lock.ts';
import { runProcess } from '../../kernel/process/run.ts';
import { seededRandom, shuffled } from '../../kernel/statistics/index.ts';
import { testPython } from '../../languages/python/fixtures/environment.ts';
import { type Arena, openArena, type Question } from './live.ts';
import { bareMeans, benchstat, type Peer, processMeans, tenPercentRule } from './peers.ts';
import { PROGRAMS } from './programs.ts';
import { appendRecord, type ProofRecord, readRecords } from './records.ts';
import { proofTable } from './table.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '334' },
    changes: { type: 'string', default: '40' },
    minutes: { type: 'string', default: '600' },
    languages: { type: 'string', default: 'TypeScript,Python,Go' },
    fresh: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
  },
});
const FOLDER = '.assay/proof';
const FILE = join(FOLDER, 'live.jsonl');
const HARNESSES: Readonly<Record<string, Harness>> = {
  vitest,
  'pytest-benchmark': pytest,
  'go-testing': goTesting,
};
/** At the default margin, and at one of 2 % within ten seconds. */
const QUESTIONS: readonly Question[] = [
  ...[1, 1.05, 1.1].map((truth) => ({ truth, margin: 0.05, budgetMs: 20_000 })),
  ...[1, 1.01, 1.02].map((truth) => ({ truth, margin: 0.02, budgetMs: 10_000 })),
];

mkdirSync(FOLDER, { recursive: true });
if (values.fresh) rmSync(FILE, { force: true });
if (!values.table) await prove();
console.log(proofTable(readRecords(FILE)));

async function prove(): Promise<void> {
  const end = performance.now() + 60_000 * Number(values.minutes);
  await using temp = await createTempFolder('proof');
  const python = await testPython();
  const env =
    python.state === 'found'
      ? { ASSAY_PYTHON: python.python, ASSAY_PYTHON_TREE: `${temp.path}\x1f${temp.path}` }
      : {};
  const peers: Record<string, Peer> = { '10 % rule': tenPercentRule, 'bare means (Vitest)': bareMeans };
  const stat = await benchstat(runProcess, join(temp.path, 'benchstat'));
  if (stat) peers.benchstat = stat;
  else console.log('benchstat could not be built: left out.');
  const arenas = new Map<string, Arena>();
  for (const program of PROGRAMS.filter(({ language }) => values.languages.split(',').includes(language))) {
    const folder = join(temp.path, program.language.slice(0, 2));
    const harness = HARNESSES[program.harness] as Harness;
    const truths = [...new Set(QUESTIONS.map(({ truth }) => truth))];
    const request = {
      program,
      harness,
      folder,
      env,
      run: runProcess,
      truths,
      clock: () => performance.now(),
    };
    mkdirSync(folder);
    try {
      arenas.set(program.language, await openArena(request));
    } catch (error) {
      console.log(
        `${program.language} is left out: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  try {
    const asked = openQuestions([...arenas.keys()]);
    for (const [done, { language, question }] of asked.entries()) {
      if (performance.now() > end) break;
      const found = await withMeasuringLock(async () => arenas.get(language)?.ask(question));
      if (!found) {
        console.log(`${language} ${question.truth}: not measured`);
        continue;
      }
      const { samples, ...record } = found;
      const [base, head] = [processMeans(samples, 'base'), processMeans(samples, 'head')];
      const opinions: Record<string, boolean | undefined> = {};
      for (const [name, peer] of Object.entries(peers)) opinions[name] = await peer(base, head);
      appendRecord(FILE, { ...record, peers: opinions } as ProofRecord);
      console.log(
        `${done + 1}/${asked.length} ${language} ${question.truth} (margin ${question.margin}): ${record.verdict} ${record.ratio.toFixed(4)} [${record.interval.map((bound) => bound.toFixed(4)).join(', ')}], ${record.seconds.toFixed(1)} s`,
      );
    }
  } finally {
    for (const arena of arenas.values()) await arena.dispose();
  }
}

/** What is still to be asked, all languages and truths mixed, so that no hour of the machine has only one of them. */
function openQuestions(languages: readonly string[]) {
  const records = readRecords(FILE);
  const open = languages.flatMap((language) =>
    QUESTIONS.flatMap((question) => {
      const wanted = Number(question.truth === 1 ? Number(values.runs) / 2 : values.changes);
      const had = records.filter(
        (record) =>
          record.language === language &&
          record.truth === question.truth &&
          record.margin === question.margin,
      ).length;
      return Array.from({ length: Math.max(0, Math.ceil(wanted) - had) }, () => ({ language, question }));
    }),
  );
  return shuffled(open, seededRandom(records.length + 1));
}
