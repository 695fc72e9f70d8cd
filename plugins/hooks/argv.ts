/** What a command line of Nx says that matters to us. */
export interface Invocation {
  /** `affected` takes `--base` for itself and means the merge base by it. */
  readonly command: 'run' | 'run-many' | 'affected';
  readonly base: string | undefined;
  /** All words, taken apart at `: , =`: a superset of the requested target names. */
  readonly words: ReadonlySet<string>;
  /** Some word has glob characters (`run-many -t 'bench*'`), so any target may be meant. */
  readonly hasGlob: boolean;
  /** A run is wanted whatever the cache holds: a file to write (baseline, acceptance), the noise of this hour, or what git's
   * history holds. */
  readonly fresh: boolean;
}

const FRESH_OPTIONS =
  /^--(?:(?:aa|updateBaseline|update-baseline)(?:=true)?|(?:accept|history)(?:=.*)?|drift(?:=(?!false$).*)?)$/s;

/**
 * Reads Nx's command line: `nx run a:bench --base=main`, `nx bench a`, `nx affected -t bench --base main`.
 *
 * @param argv with the program and script in front, as in `process.argv`
 */
export function parseInvocation(argv: readonly string[]): Invocation {
  const args = argv.slice(2).filter((arg): arg is string => typeof arg === 'string');
  const first = args.find((arg) => !arg.startsWith('-'));
  const words = new Set(args.flatMap((arg) => arg.split(/[:,=\s]+/)).filter((word) => word !== ''));
  return {
    command: first === 'affected' || first === 'run-many' ? first : 'run',
    base: optionOf(args, 'base'),
    words,
    fresh: args.some((arg) => FRESH_OPTIONS.test(arg)),
    hasGlob: [...words].some((word) => /[*?{}[\]!]/.test(word)),
  };
}

/** The last one counts, as in Nx. A value that looks like an option is none. */
function optionOf(args: readonly string[], name: string): string | undefined {
  let value: string | undefined;
  for (const [index, arg] of args.entries()) {
    if (arg.startsWith(`--${name}=`)) value = arg.slice(name.length + 3);
    else if (arg === `--${name}` && args[index + 1]?.startsWith('-') === false) value = args[index + 1];
  }
  return value?.trim() === '' ? undefined : value?.trim();
}
