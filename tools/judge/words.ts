/** A ratio as a signed change: 1.081 → `+8.1 %`. */
export function percent(ratio: number): string {
  const value = (ratio - 1) * 100;
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)} %`;
}

/** `1 benchmark`, `3 benchmarks`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** `a, b and 3 more`. */
export function listed(names: readonly string[], shown = 3): string {
  const first = names.slice(0, shown).join(', ');
  return names.length > shown ? `${first} and ${names.length - shown} more` : first;
}
