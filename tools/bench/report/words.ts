/** Figures inside sentences. Tables have their own formats in tools/views. */

/** A ratio as a signed change: 1.081 → `+8.1 %`. */
export function percent(ratio: number): string {
  const value = (ratio - 1) * 100;
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)} %`;
}

/** As `percent`, with two digits more where the change is small: 1.00213 → `+0.213 %`. */
export function finePercent(ratio: number): string {
  const value = Math.abs(ratio - 1) * 100;
  return `${ratio < 1 ? '−' : '+'}${value.toFixed(value < 1 ? 3 : 1)} %`;
}

/** `8.1 % more` or `8.1 % less`. */
export function change(ratio: number): string {
  return `${Math.abs((ratio - 1) * 100).toFixed(1)} % ${ratio >= 1 ? 'more' : 'less'}`;
}

/** Nanoseconds in the unit that suits them. */
export function duration(ns: number): string {
  const units = ['ns', 'µs', 'ms', 's'];
  let value = ns;
  let index = 0;
  while (value >= 1000 && index < units.length - 1) {
    value /= 1000;
    index += 1;
  }
  return `${value.toPrecision(3)} ${units[index]}`;
}

/** `1 benchmark`, `3 benchmarks`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** A text as a clause of ours: one line, no full stop at the end, not longer than a reader will read. */
export function clause(text: string, longest = 400): string {
  const line = text.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}

/** The end of what a program printed, in one line: its last lines are the ones that tell. */
export function lastLines(output: string, lines = 3): string {
  const said = output.split('\n').filter((line) => line.trim() !== '');
  return clause(said.slice(-lines).join(' '), 300);
}

/** `a, b and 3 more`. */
export function listed(names: readonly string[], shown = 3): string {
  const first = names.slice(0, shown).join(', ');
  return names.length > shown ? `${first} and ${names.length - shown} more` : first;
}
