import { readFileSync } from 'node:fs';
import type { MachineTraits } from './machine.ts';

/** A byte for each factor: logarithmic from 1 to 16, two hundredths a step. */
const STEPS = 255;
const WIDEST = Math.log(16);

/** Factors (1 or more; smaller ones count as 1, larger than 16 as 16) as base64. */
export function encodeTrace(factors: readonly number[]): string {
  const byte = (factor: number) =>
    Math.round((Math.min(WIDEST, Math.max(0, Math.log(factor))) / WIDEST) * STEPS);
  return Buffer.from(factors.map(byte)).toString('base64');
}

export function decodeTrace(text: string): number[] {
  return [...Buffer.from(text, 'base64')].map((byte) => Math.exp((byte / STEPS) * WIDEST));
}

/**
 * A recording as part of a machine. A step of the recording lasted as long as the machine made it last, so that steps
 * are stretched by their factor: a phase replays at the length that it had.
 *
 * @throws Error where the file is no recording
 */
export function readTrace(file: string): NonNullable<MachineTraits['trace']> {
  const document = JSON.parse(readFileSync(file, 'utf8')) as {
    schema?: string;
    stepMs: number;
    factors: string;
  };
  if (document.schema !== 'nx-assay/noise@1') throw new Error(`${file} is no recording of noise`);
  const { stepMs } = document;
  const factors = decodeTrace(document.factors).flatMap((factor) =>
    Array.from({ length: Math.max(1, Math.round(factor)) }, () => factor),
  );
  return { stepMs, factors };
}
