import type { InferredTarget } from './inference.ts';

/**
 * Name of a capability's target in a project. A target or npm script of the user's own would silently win
 * over ours, and `nx affected -t bench` would be green without measuring: ours then is `assay-bench`.
 *
 * @param wanted names by capability, from the plugin's options
 * @param shadowed names that the project uses itself
 */
export function targetNameFor(
  capability: string,
  wanted: Readonly<Record<string, string>> | undefined,
  shadowed: ReadonlySet<string>,
): InferredTarget {
  const configured = wanted?.[capability];
  const first = typeof configured === 'string' && configured.trim() !== '' ? configured : capability;
  if (!shadowed.has(first)) return { name: first };
  const stem = first.startsWith('assay-') ? first : `assay-${first}`;
  for (let index = 1; ; index++) {
    const name = index === 1 ? stem : `${stem}-${index}`;
    if (!shadowed.has(name)) return { name, displaced: first };
  }
}
