import type { MemoryFigureJudgement } from '../../compare/types.ts';
import { percent } from './words.ts';

/** `48 B/op → 72 B/op (+50.0 %)`; without a ratio where a side is at zero. */
export function memoryChange({ unit, base, head, change }: MemoryFigureJudgement): string {
  const ratio = change === undefined ? '' : ` (${percent(change.ratio)})`;
  return `${amount(base.value, unit)} → ${amount(head.value, unit)}${ratio}`;
}

/** `allocates 24 B/op more`, `needs 12.0 MiB less memory at its peak`. */
export function memoryDeed({ name, unit, difference }: MemoryFigureJudgement): string {
  const size = amount(Math.abs(difference.value), unit);
  const more = difference.value > 0 ? 'more' : 'less';
  if (unit === 'B/op') return `allocates ${size} ${more}`;
  if (unit === 'allocs/op') return `makes ${size} ${more}`;
  return `needs ${size} ${more} memory at its peak${name.endsWith('per operation') ? ' in one operation' : ''}`;
}

/** An amount with its unit; bytes in the unit that suits them. */
export function amount(value: number, unit: string): string {
  const bytes = unit === 'B/op' || unit.startsWith('bytes');
  if (!bytes) return `${short(value)} ${unit}`;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let scaled = value;
  let index = 0;
  // Four digits of bytes are told as they are: `1072 B/op` says more than `1.05 KiB/op`.
  while (Math.abs(scaled) >= (index === 0 ? 10_000 : 1024) && index < units.length - 1) {
    scaled /= 1024;
    index += 1;
  }
  return `${index === 0 ? short(scaled) : scaled.toPrecision(3)} ${units[index]}${unit === 'B/op' ? '/op' : ''}`;
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
