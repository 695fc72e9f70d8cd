/** A place in `testing/benchmark.go` where the driver takes over, as the file has had it since Go 1.7. */
interface Patch {
  readonly what: string;
  readonly find: RegExp;
  readonly replace: string;
}

/** Each must match exactly once, or the version of Go is one that we do not know. */
const patches: readonly Patch[] = [
  {
    what: 'the collection of garbage before a run',
    find: /(\nfunc \(b \*B\) runN\(n int\) \{\n(?:(?!\n\})[\s\S])*?\n)\truntime\.GC\(\)\n/,
    replace: '$1\tassayCollect()\n',
  },
  {
    what: 'the run of a benchmark',
    find: /\n\tif sub\.run1\(\) \{\n\t\tsub\.run\(\)\n\t\}\n/,
    replace: '\n\tsub.assayRun()\n',
  },
  {
    what: 'the end of the run',
    find: /\n\tmain\.runN\(1\)\n/,
    replace: '\n\tmain.runN(1)\n\tassayEnd()\n',
  },
];

export type PatchedSource =
  | { readonly state: 'patched'; readonly text: string }
  | { readonly state: 'unknown'; readonly missing: string };

/** Adds the driver's three calls to the text of `testing/benchmark.go`. */
export function patchTesting(text: string): PatchedSource {
  let patched = text.replaceAll('\r\n', '\n');
  for (const patch of patches) {
    const found = patched.match(new RegExp(patch.find.source, 'g'));
    if (found?.length !== 1) return { state: 'unknown', missing: patch.what };
    patched = patched.replace(patch.find, patch.replace);
  }
  // runN was the only user of the import in some versions; an unused one would not compile.
  return { state: 'patched', text: `${patched}\nvar _ = runtime.GC\n` };
}
