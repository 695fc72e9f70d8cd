/**
 * Records how the speed of this machine changes: `node tools/compare/synthetic/record-noise.ts <file> [seconds]`. A piece
 * of work of about half a millisecond is repeated; how much longer than the fastest each one took is written down, a
 * byte each, for machines that replay it (`MachineTraits.trace`).
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { quantile } from '../../kernel/statistics/index.ts';
import { encodeTrace } from './trace.ts';

const STEP_NS = 500_000;
const words = Uint32Array.from({ length: 256 }, (_, i) => (i * 2_654_435_761) >>> 0);

function work(rounds: number): number {
  let hash = 0;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < words.length; i++) hash = (Math.imul(hash, 31) + (words[i] ?? 0)) | 0;
  }
  return hash;
}

const [file = 'noise.json', seconds = '20'] = process.argv.slice(2);
let rounds = 50;
let sink = 0;
for (let i = 0; i < 3000; i++) {
  const start = process.hrtime.bigint();
  sink ^= work(rounds);
  const ns = Number(process.hrtime.bigint() - start);
  if (i > 1000 && i % 100 === 0) rounds = Math.max(1, Math.round((rounds * STEP_NS) / ns));
}
const taken: number[] = [];
const end = performance.now() + 1000 * Number(seconds);
while (performance.now() < end) {
  const start = process.hrtime.bigint();
  sink ^= work(rounds);
  taken.push(Number(process.hrtime.bigint() - start));
}
const floor = quantile(taken, 0.001);
const trace = {
  schema: 'nx-assay/noise@1',
  machine: `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
  recorded: new Date().toISOString().slice(0, 10),
  stepMs: floor / 1e6,
  factors: encodeTrace(taken.map((ns) => ns / floor)),
};
writeFileSync(file, `${JSON.stringify(trace)}\n`);
const slow = (limit: number) =>
  ((100 * taken.filter((ns) => ns > limit * floor).length) / taken.length).toFixed(1);
console.log(
  `${taken.length} steps of ${(floor / 1e6).toFixed(3)} ms; slower than 1.1, 1.5, 3 times: ${slow(1.1)} %, ${slow(1.5)} %, ${slow(3)} % ${sink === 0 ? ' ' : ''}`,
);
