/**
 * The `-test.bench` pattern that matches exactly these benchmarks (and what lies below them): one anchored
 * expression a path element, alternatives between them. Names are as Go prints them, without the number of
 * processors.
 */
export function benchmarkPattern(names: readonly string[]): string {
  return names
    .map((name) =>
      name
        .split('/')
        .map((element) => `^${element.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}$`)
        .join('/'),
    )
    .join('|');
}

/** Names that occurred more than once: Go tells the later ones apart by `#01`, `#02`, … */
export function duplicatedNames(names: readonly string[]): readonly string[] {
  const all = new Set(names);
  const stems = names.flatMap((name) => {
    const stem = /^(.*)#\d{2,}$/.exec(name)?.[1];
    return stem !== undefined && all.has(stem) ? [stem] : [];
  });
  return [...new Set(stems)];
}
