import { describe, expect, it } from 'vitest';
import {
  formatChange,
  formatChangeInterval,
  formatConfidence,
  formatDifference,
  formatDifferenceInterval,
  formatDuration,
  formatShare,
  formatValue,
} from './number.ts';

describe('formatValue', () => {
  it.each([
    [0.84, 'ns/op', '0.840 ns'],
    [999, 'ns/op', '999 ns'],
    [12_345, 'ns/op', '12.3 µs'],
    [1_234_567, 'ns/op', '1.23 ms'],
    [2.5e9, 'ns/op', '2.50 s'],
    [1536, 'B/op', '1.50 KiB'],
    [1536, 'bytes', '1.50 KiB'],
    [42, 'allocs/op', '42 allocs/op'],
    [0, 'B/op', '0 B'],
    [Number.NaN, 'ns/op', '–'],
    [undefined, 'ns/op', '–'],
  ])('%s %s → %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });
});

it('shows changes with sign, and never minus zero', () => {
  expect(formatChange(1.081)).toBe('+8.1 %');
  expect(formatChange(0.5)).toBe('−50.0 %');
  expect(formatChange(0.9999)).toBe('+0.0 %');
  expect(formatChange(21)).toBe('+2000 %');
  expect(formatChangeInterval([0.979, 1.094])).toBe('[−2.1, +9.4]');
  expect(formatShare(0.021)).toBe('2.1 %');
});

it('never rounds a confidence up', () => {
  expect([0.99, 0.995, 0.99999, 0.984375].map(formatConfidence)).toEqual([
    '99 %',
    '99.5 %',
    '99.9 %',
    '98.4 %',
  ]);
});

it('shows durations for people', () => {
  expect([formatDuration(850), formatDuration(12_300), formatDuration(185_000)]).toEqual([
    '850 ms',
    '12 s',
    '3 min 05 s',
  ]);
});

it('shows differences with sign and unit, where there is no ratio', () => {
  expect([24, -1536, 0].map((value) => formatDifference(value, 'B/op'))).toEqual([
    '+24 B',
    '−1.50 KiB',
    '+0 B',
  ]);
  expect(formatDifference(undefined, 'B/op')).toBe('–');
  expect(formatDifferenceInterval([1, 2], 'allocs/op')).toBe('[+1 allocs/op, +2 allocs/op]');
});
